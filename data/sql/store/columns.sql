-- Columns of the tables of one database, in order.
-- grain: one row a column.
select table_name, column_name, data_type
from duckdb_columns()
where database_name = current_database() and not internal
order by table_name, column_index;
