-- Articles and awards of a province by year; awards as articles count or name them, each story once, only those conferred.
-- Grain: year.
with told as (
    select year, count(*) as articles
    from web.articles
    where case when $era = 'new' then province_now else province end = $name and year is not null
    group by year
),
awarded as (
    select year, sum(awards)::bigint as awards
    from story_awards_by_province
    where case when $era = 'new' then province_now else province end = $name and year is not null and (status is null or status = 'awarded')
    group by year
)
select year, coalesce(t.articles, 0) as articles, coalesce(w.awards, 0) as awards
from told as t
full join awarded as w using (year)
order by year;
