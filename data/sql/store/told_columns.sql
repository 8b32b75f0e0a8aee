-- Columns of the tables of the current database and what is told of them.
-- grain: one row a column.
select c.table_name, c.column_name, c.comment
from duckdb_columns() as c
join duckdb_tables() as t using (database_name, table_name)
where c.database_name = current_database() and not c.internal
order by c.table_name, c.column_index;
