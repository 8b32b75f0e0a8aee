-- The view event_calendar, reckoned once.
-- Grain: event of an article.
create table web.happened as
select * from event_calendar;
