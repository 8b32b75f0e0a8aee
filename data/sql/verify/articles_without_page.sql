-- Articles whose page is not among the pages, or says that it is no article.
-- grain: one row an article.
select a.article, a.page
from articles as a
left join pages as p on p.page = a.page
where a.page is not null and (p.page is null or p.article is distinct from a.article)
order by all
limit $most;
