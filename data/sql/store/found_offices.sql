-- The offices that articles give to those whom they name.
-- grain: one row a name and office.
select distinct o.name, concat_ws(' ', p.title, p.organization) as office
from officials as o
join positions as p on p.article = o.article and p.official_row = o."row"
where list_contains($articles, o.article)
order by all;
