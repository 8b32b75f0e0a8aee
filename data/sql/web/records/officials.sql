-- People of an article with their offices.
-- Grain: person.
select
    o.*, web.slug(o.name) as person,
    (select list({"row": p."row", title: p.title, organization: p.organization, start: p.start} order by p."row") from positions as p where p.article = o.article and p.official_row = o."row") as positions
from officials as o
where o.article = $article
order by o."row";
