-- Tables and views that were published.
-- Grain: table or view.
select table_name from duckdb_tables() where not internal and database_name = current_database()
union all
select view_name from duckdb_views() where not internal and database_name = current_database();
