-- Pages of articles that are not there.
-- grain: one row a page.
select p.page, p.article
from pages as p
anti join articles as a on a.article = p.article
where p.article is not null
order by all
limit $most;
