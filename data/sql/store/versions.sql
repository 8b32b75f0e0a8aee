-- The versions that are kept of the articles of a batch, and where their pages stand in the ledger.
-- grain: one row a version of an article.
select v.article, v.page, v.hash, v."from", v.title, v.sketch, f.line, f."at", f.reason
from article_versions as v
semi join batch as b on v.article = b.article
left join fetches as f on f.page = v.page
order by v.article, v.version;
