-- Take out the checksums of a table that does not hang on articles.
-- grain: one row a part of a table.
delete from table_checks
where "table" = $table;
