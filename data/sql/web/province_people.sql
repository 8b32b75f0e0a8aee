-- Those whom articles on a province name most often with an office.
-- Grain: name.
select person, any_value(name) as name, count(distinct article) as articles, coalesce(arg_max(offices, published_on), any_value(offices)) as offices
from web.people
where kind = 'officials' and offices is not null and case when $era = 'new' then province_now else province end = $name
group by person
order by articles desc, person
limit 12;
