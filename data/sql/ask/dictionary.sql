-- Tables and views of the current database with their columns, and what is told of them.
-- grain: one row a column.
with said as (
    select view_name as name, comment
    from duckdb_views()
    where database_name = current_database() and not internal
    union all
    select table_name, comment
    from duckdb_tables()
    where database_name = current_database() and not internal
)
select s.name, coalesce(s.comment, ''), c.column_name, c.data_type, not c.is_nullable, coalesce(c.comment, '')
from said as s
join duckdb_columns() as c on c.database_name = current_database() and c.table_name = s.name
order by s.name, c.column_index;
