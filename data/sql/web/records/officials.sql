-- People of an article with their offices.
-- Grain: person.
select
    o.*,
    (select list({"row": p."row", title: p.title, organization: p.organization, start: p.start, "end": p."end"} order by p."row") from positions as p where p.article = o.article and p.official_row = o."row") as positions
from officials as o
where o.article = $article
order by o."row";
