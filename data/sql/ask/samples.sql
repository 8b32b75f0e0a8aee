-- Three records to show, each with its sentence: the greatest number bound to an award, an official with two offices, an event.
-- Grain: record.
(select 'count' as kind, concat_ws(' ', comparator, value, units, award_vi, level) as value, quote, url, article
 from award_counts order by award_counts.value desc, url limit 1)
union all
(select 'official', name || ': ' || string_agg(title || coalesce(' ' || organization, ''), '; ' order by title), min(last_quote), min(last_url),
    min(last_article)
 from officials_over_time where title is not null group by name having count(*) > 1 order by count(*) desc, name limit 1)
union all
(select 'event', concat_ws(' ', type, edtf, title), quote, url, article from event_calendar where edtf is not null order by first_day desc, url limit 1);
