-- Awards by province, year, kind, level, class and status: what articles count (numbers that are part of another are left out) and those who are named where nothing is counted. Articles that report the same event add up: `story_awards_by_province` counts each story once.
-- grain: one row a province, year, award, level, class and status.
create view awards_by_province as
with told as (
    select province, year, award, level, class, status, value as counted, 0 as named, article
    from award_counts
    where part_of is null
    union all
    select w.province, w.year, w.award, w.level, w.class, w.status, 0, w.named, w.article
    from award_facts as w
    anti join counts as c on c.article = w.article and c.award_row = w."row"
    where w.named > 0
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
    sum(d.counted + d.named)::bigint as awards,
    sum(d.counted)::bigint as counted,
    sum(d.named)::bigint as named,
    count(distinct d.article) as articles
from told as d
left join province_spellings as s on s.spelling = d.province
left join award_types as t on t.code = d.award
group by all;
