-- The newest events of a province, those of the time line; one of several articles of the same day, kind and organizers stands for them.
-- Grain: event.
select first_day, last_day, edtf, type, title, organizers, location, article, "row", quote, count(*) over (partition by first_day, type, organizers) as told_by
from web.happened
where case when $era = 'new' then province_now else province end = $name and first_day is not null
qualify row_number() over (partition by first_day, type, organizers order by published_on, article, "row") = 1
order by first_day desc, article, "row"
limit $size;
