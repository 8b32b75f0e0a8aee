-- Awards by province, year, kind, level, class and status, each story once: what most of its articles count (`story_counts`), and those who are
-- named where none of them counts that award. `lowest` and `highest`: the totals if in each story the smallest or the greatest number were right.
-- `awards_by_province` adds up articles instead, reprints too.
-- grain: one row a province, year, award, level, class and status.
create view story_awards_by_province as
with names as (
    select
        s.story, w.award, w.level, w.class, w.status, mode(w.province) as province, mode(w.year) as year,
        count(distinct replace(lower(strip_accents(r.name)), 'đ', 'd')) as named
    from award_facts as w
    join stories as s using (article)
    join recipients as r on r.article = w.article and r.award_row = w."row"
    group by all
),
told as (
    select story, province, year, award, level, class, status, value as counted, 0 as named, lowest, highest
    from story_counts
    where adds
    union all
    select n.story, n.province, n.year, n.award, n.level, n.class, n.status, 0, n.named, n.named, n.named
    from names as n
    anti join story_counts as c on c.story = n.story and c.award = n.award
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
