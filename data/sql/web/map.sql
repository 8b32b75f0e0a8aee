-- Articles and awards conferred by province of an era, for the tile map.
-- Grain: province of an era.
with told as (
    select case when $era = 'new' then province_now else province end as name, count(*) as articles
    from web.articles
    group by all
),
awarded as (
    select case when $era = 'new' then province_now else province end as name, sum(awards)::bigint as awards
    from story_awards_by_province
    where status is null or status = 'awarded'
    group by all
)
select p.slug, p.name, coalesce(t.articles, 0) as articles, coalesce(w.awards, 0) as awards
from provinces as p
left join told as t using (name)
left join awarded as w using (name)
where p.era = $era
order by p.slug;
