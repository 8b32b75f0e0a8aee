-- Places of an article's records in its text; a record of several quotes has several, `number` from 0.
-- Grain: place of a record.
select 'dates' as kind, "row"::varchar as "row", 0 as number, start, "end" from dates where article = $article
union all
select 'officials', "row"::varchar, unnest(range(len(quotes))), unnest(quotes).start, unnest(quotes)."end" from officials where article = $article
union all
select 'positions', official_row || '-' || "row", 0, start, "end" from positions where article = $article
union all
select 'awards', "row"::varchar, unnest(range(len(quotes))), unnest(quotes).start, unnest(quotes)."end" from awards where article = $article
union all
select 'recipients', award_row || '-' || "row", 0, start, "end" from recipients where article = $article
union all
select 'counts', "row"::varchar, 0, start, "end" from counts where article = $article
union all
select 'events', "row"::varchar, 0, start, "end" from events where article = $article
union all
select 'documents', "row"::varchar, 0, start, "end" from documents where article = $article and field = 'text'
union all
select 'campaigns', "row"::varchar, 0, start, "end" from campaigns where article = $article
order by all;
