-- Have the pages of the articles of a batch read again.
-- grain: one row a page.
update pages
set rules = null
where article in (select article from batch);
