-- Names that have all $words, or all names; those in most articles first. `total` counts them.
-- Grain: name.
select * exclude (words), count(*) over () as total
from web.names
where len(list_filter($words::varchar[], lambda word: not contains(words, word))) = 0
order by articles desc, person
limit $size offset $first;
