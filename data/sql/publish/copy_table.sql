-- All rows of a table of the store.
-- grain: that of the table.
insert into {table} by name
select * from work.{table};
