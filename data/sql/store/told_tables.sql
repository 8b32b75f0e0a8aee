-- Tables of the current database and what is told of them.
-- grain: one row a table.
select table_name, comment
from duckdb_tables()
where database_name = current_database() and not internal
order by table_name;
