-- Tables and views of the published file, and the column that says of which article, or first article of a story, a row is; null: of none.
-- grain: one row a table or view.
select t.table_name, t.table_type = 'VIEW' as is_view, min(c.column_name) filter (c.column_name in ('article', 'story')) as of
from information_schema.tables as t
join information_schema.columns as c using (table_catalog, table_schema, table_name)
where t.table_catalog = current_database()
group by all
order by t.table_name;
