-- What an article said over time.
-- Grain: version of an article.
select version, title, "from", "to", replaced from article_versions where article = $article order by version desc;
