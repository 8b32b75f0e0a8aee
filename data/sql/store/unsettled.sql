-- Articles of which a page is no more in the archive, or is another one there now.
-- grain: one row an article.
select distinct coalesce(v.article, p.article)
from pages as p
full join article_versions as v on v.page = p.page
left join fetches as f on f.page = coalesce(p.page, v.page)
where coalesce(v.article, p.article) is not null
    and coalesce(p.page, v.page) is not null
    and (f.page is null or f.sha256 is distinct from p.sha256);
