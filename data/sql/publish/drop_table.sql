-- Take a table that is not published out of the fresh file.
-- grain: none.
drop table {table};
