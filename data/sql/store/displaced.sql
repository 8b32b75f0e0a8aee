-- Articles of which a page just kept told before, and tells no more: rules or layouts have changed.
-- grain: one row an article.
select distinct v.article
from article_versions as v
join rows_of_batch as b on b.page = v.page
where b.article is distinct from v.article;
