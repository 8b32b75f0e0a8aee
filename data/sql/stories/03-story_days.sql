-- Days on which the events of an article are: those of its events, else those that it gives as days of an event, else, where it only says
-- "vừa" or "mới đây", each of the seven days up to publication. `ahead`: the article was published before, and tells what will be.
-- grain: one row an article and day.
create temp table story_days as
with held as (
    select article, unnest(generate_series(first_day, last_day, interval 1 day))::date as day
    from events
    where last_day - first_day between 0 and 6
    union
    select d.article, d.first_day
    from dates as d
    anti join events as e on e.article = d.article and e.last_day - e.first_day between 0 and 6
    where d.role = 'event' and d.first_day = d.last_day
)
select h.article, h.day, coalesce(s.published_on < h.day, false) as ahead, true as is_told
from held as h
join story_heads as s using (article)
union all
select s.article, unnest(generate_series(s.published_on - 6, s.published_on, interval 1 day))::date, false, false
from story_heads as s
anti join held as h using (article)
where s.published_on is not null;
