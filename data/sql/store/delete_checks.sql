-- Take out the checksums of the articles of a batch in one table.
-- grain: one row a table of an article.
delete from article_checks
where article in (select article from batch) and "table" = $table;
