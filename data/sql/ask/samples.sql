-- Three records to show, each with its sentence: the greatest number bound to an award, an official with two offices, an event.
-- Grain: record.
(select 'count' as kind, concat_ws(' ', comparator, value, units, award_vi, level) as value, quote, url, article
 from award_counts order by award_counts.value desc, url limit 1)
union all
(select 'official', name || ': ' || string_agg(title || coalesce(' ' || organization, ''), '; ' order by title), min(quote), url, article
 from officials_over_time group by name, url, article having count(*) > 1 order by count(*) desc, name limit 1)
union all
(select 'event', concat_ws(' ', type, edtf, title), quote, url, article from event_calendar where edtf is not null order by first_day desc, url limit 1);
