-- Take out what a table holds of the articles of a batch.
-- grain: the rows of an article.
delete from {table}
where article in (select article from batch);
