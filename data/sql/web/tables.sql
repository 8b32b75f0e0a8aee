-- Tables and views that were published, with what they hold.
-- Grain: table or view.
select table_name as name, comment, false as is_view, estimated_size as rows from duckdb_tables() where not internal and database_name = 'news'
union all
select view_name, comment, true, null from duckdb_views() where not internal and database_name = 'news'
order by is_view desc, name;
