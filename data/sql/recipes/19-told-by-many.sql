-- vi: Sự kiện nào được nhiều nơi đưa tin, và vì sao các bài ấy được coi là một?
-- en: Which stories were told by several articles, and what makes them one story?
-- reprint: the same runs of words; event: other words on the same event. `likeness` is to the article that it follows.
-- grain: one row an article.
select published_at, site, title, basis, round(likeness, 2) as likeness, article
from stories
where articles > 1
order by story, published_at;
