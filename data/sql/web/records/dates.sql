-- Dates of an article.
-- Grain: mention.
select * from dates where article = $article order by "row";
