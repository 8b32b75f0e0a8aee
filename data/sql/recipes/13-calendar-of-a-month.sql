-- vi: Tháng 6/2025 có những sự kiện gì, ở đâu?
-- en: What happened in June 2025, and where?
-- Of the articles of a story the first one that tells of the event.
-- grain: one row an event of a story.
select first_day, type, province, title
from event_calendar
where first_day between date '2025-06-01' and date '2025-06-30'
qualify row_number() over (partition by story, type, first_day order by published_on, article, "row") = 1
order by first_day, province, type, title;
