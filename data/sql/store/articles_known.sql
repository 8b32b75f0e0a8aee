-- Articles that are kept.
-- grain: one row an article.
select article
from articles;
