-- Campaigns of an article.
-- Grain: mention.
select * from campaigns where article = $article order by "row";
