-- Take out the further addresses of articles that are not kept.
-- grain: one row an address of an article.
delete from aliases
where article not in (select article from articles);
