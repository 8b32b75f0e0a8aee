-- Have the pages of a forgotten article say so; they are not read again.
-- grain: one row a page.
update pages
set outcome = 'forgotten', article = null, reason = null
where article = $article;
