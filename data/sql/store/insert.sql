-- Put the rows of a batch into a table.
-- grain: that of the table.
insert into {table} by name
select * from rows_of_batch;
