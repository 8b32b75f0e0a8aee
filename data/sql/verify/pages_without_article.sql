-- Pages of articles that are not there; those that are to be read again (without rules) may be.
-- grain: one row a page.
select p.page, p.article
from pages as p
anti join articles as a on a.article = p.article
where p.article is not null and p.rules is not null
order by all
limit $most;
