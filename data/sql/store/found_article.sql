-- The articles of a key or of an address, any that they have had.
-- grain: one row an article.
select article, title, published_on, url
from articles
where article = $what
    or article in (select article from aliases where url = $what)
    or article in (select article from pages where url = $what or final_url = $what or list_contains(redirects, $what))
    or url = $what
order by published_on, article;
