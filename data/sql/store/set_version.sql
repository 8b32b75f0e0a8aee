-- Number of the newest version, for articles that got an older page.
-- grain: one row an article.
update articles
set version = b.version
from batch as b
where articles.article = b.article;
