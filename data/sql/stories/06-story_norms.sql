-- How much an article's features weigh together, as in a cosine.
-- grain: one row an article.
create temp table story_norms as
select h.place, f.article, sqrt(sum(f.weight)) as norm
from story_features as f
join story_heads as h using (article)
group by h.place, f.article;
