-- Awards of a province by kind and level, only those conferred.
-- Grain: award, level.
select award, level, sum(awards)::bigint as awards, min(year) as first_year, max(year) as last_year
from story_awards_by_province
where case when $era = 'new' then province_now else province end = $name and (status is null or status = 'awarded')
group by all
order by awards desc, award, level
limit 15;
