-- Tables and views of the current database and what is told of them.
-- grain: one row a table or view.
select table_name, 'table' as kind, comment
from duckdb_tables()
where database_name = current_database() and not internal
union all
select view_name, 'view', comment
from duckdb_views()
where database_name = current_database() and not internal
order by all;
