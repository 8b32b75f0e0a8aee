-- Tables and views of the database system itself, which tell of settings and files.
-- Grain: table or view.
select view_name as name from duckdb_views() where internal
union
select table_name from duckdb_tables() where internal;
