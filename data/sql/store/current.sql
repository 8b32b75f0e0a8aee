-- What is kept of the articles of a batch, and where its page stands in the ledger.
-- grain: one row an article.
select a.article, a.page, a.reading, f.line, f."at", f.reason
from articles as a
semi join batch as b on a.article = b.article
left join fetches as f on f.page = a.page;
