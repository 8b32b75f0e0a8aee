-- Columns of a table or view.
-- Grain: column.
select column_name as name, data_type as type, comment from duckdb_columns() where database_name = 'news' and table_name = $table order by column_index;
