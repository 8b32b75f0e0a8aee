-- Documents of an article.
-- Grain: mention.
select * from documents where article = $article order by "row";
