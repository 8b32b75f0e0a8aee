-- Whether the file has been made by this program.
-- grain: one row, or none.
select table_name
from duckdb_tables()
where table_name = 'schema_migrations' and database_name = current_database();
