-- Places of an article's records, each with what the record says; all quotes of those that stand at several places.
-- Grain: place of a record.
select start, "end", 'dates' as kind, edtf || ' · ' || role as label from dates where article = $article
union all
select unnest(quotes).start, unnest(quotes)."end", 'officials', name from officials where article = $article
union all
select unnest(quotes).start, unnest(quotes)."end", 'awards', concat_ws(' · ', type, level, "class", status, year) from awards where article = $article
union all
select start, "end", 'counts', concat_ws(' · ', comparator, value, array_to_string(units, '+')) from counts where article = $article
union all
select start, "end", 'documents', number from documents where article = $article and field = 'text'
union all
select start, "end", 'campaigns', name from campaigns where article = $article
order by all;
