-- Empty a table that is written as a whole.
-- grain: the table.
delete from {table};
