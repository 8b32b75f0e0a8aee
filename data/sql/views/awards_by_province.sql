-- Awards by province (as named then, and as it is since 2025-07-01), year, kind, level, class, status and kind of recipients: what articles count, without numbers that are part of another or said again (`adds` in `award_counts`), and those who are named where nothing is counted.
-- Awarded, proposed and registered are rows apart, to be added up by nobody: ask where status = 'awarded'. Articles that report the same event add up: `story_awards_by_province` counts each story once. Kept as a table.
-- grain: one row a province, year, award, level, class, status and kind of recipients.
-- key: province, year, award, level, class, status, recipient_kind.
create table awards_by_province as
with spelt as materialized (    -- each name is folded once
    select name, unaccented(name) as name_key
    from (select distinct name from recipients)
),
named as (
    select r.article, r.award_row, r.kind, count(distinct s.name_key) as named
    from recipients as r
    join spelt as s using (name)
    group by all
),
told as (
    select province, year, award, level, class, status, recipient_kind, value as counted, 0 as named, article
    from award_counts
    where adds
    union all
    select w.province, w.year, w.award, w.level, w.class, w.status, n.kind, 0, n.named, w.article
    from award_facts as w
    join named as n on n.article = w.article and n.award_row = w."row"
    anti join counts as c on c.article = w.article and (c.award_row = w."row" or (c.award_row is null and c.award.type = w.award))
)
select
    d.province,
    s.province_now,
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
    count(distinct d.article) as articles
from told as d
left join province_spellings as s on s.spelling = d.province
left join award_types as t on t.code = d.award
group by all;
