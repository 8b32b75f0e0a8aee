-- Columns of the tables and views of the current database and what is told of them.
-- grain: one row a column.
select table_name, column_name, comment
from duckdb_columns()
where database_name = current_database() and not internal
order by table_name, column_index;
