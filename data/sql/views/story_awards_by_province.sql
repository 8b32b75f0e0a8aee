-- Awards by province (as named then, and as it is since 2025-07-01), year, kind, level, class, status and kind of recipients, each story once: what most of its articles count (`story_counts`), and those who are
-- named where none of them counts that award of that level and class. `lowest` and `highest`: the totals if in each story the smallest or the greatest number were right. Awarded, proposed and registered are rows apart: ask where status = 'awarded'.
-- `awards_by_province` adds up articles instead, reprints too. Kept as a table.
-- grain: one row a province, year, award, level, class, status and kind of recipients.
-- key: province, year, award, level, class, status, recipient_kind.
create table story_awards_by_province as
with spelt as materialized (    -- each name is folded once
    select name, unaccented(name) as name_key
    from (select distinct name from recipients)
),
names as (
    select
        s.story, w.award, w.level, w.class, w.status, r.kind as recipient_kind, mode(w.province order by w.province) as province, mode(w.year order by w.year) as year,
        count(distinct n.name_key) as named
    from award_facts as w
    join story_articles as s using (article)
    join recipients as r on r.article = w.article and r.award_row = w."row"
    join spelt as n on n.name = r.name
    group by all
),
told as (
    select story, province, year, award, level, class, status, nullif(recipient_kind, 'award') as recipient_kind, value as counted, 0 as named, lowest, highest
    from story_counts
    where adds
    union all
    select n.story, n.province, n.year, n.award, n.level, n.class, n.status, n.recipient_kind, 0, n.named, n.named, n.named
    from names as n
    anti join story_counts as c
        on c.story = n.story and c.award = n.award and c.class is not distinct from n.class and c.status = n.status and (c.level = n.level or c.level is null or n.level is null)
)
select
    d.province,
    p.province_now,
    d.year,
    d.award,
    t.vi as award_vi,
    d.level,
    d.class,
    d.status,
    d.recipient_kind,
    sum(d.counted + d.named)::bigint as awards,
    sum(d.counted)::bigint as counted,
    sum(d.named)::bigint as named,
    sum(d.lowest)::bigint as lowest,
    sum(d.highest)::bigint as highest,
    count(distinct d.story) as stories
from told as d
left join province_spellings as p on p.spelling = d.province
left join award_types as t on t.code = d.award
group by all;
