-- Numbers of an article.
-- Grain: number.
select * from counts where article = $article order by "row";
