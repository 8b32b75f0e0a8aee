-- Put rows into a table.
-- grain: that of the table.
insert into {table} by name
select * from {source};
