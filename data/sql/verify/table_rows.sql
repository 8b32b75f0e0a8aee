-- Parts of a table whose rows are not those that were written.
-- grain: one row a part of the table.
with found as (
    select {part} as part, count(*) as rows, sum(md5_number_lower(to_json(t)::varchar)) as sum
    from {table} as t
    group by all
),
written as (
    select part, rows, sum
    from table_checks
    where "table" = $table
)
select coalesce(f.part, w.part), coalesce(f.rows, 0), coalesce(w.rows, 0)
from found as f
full join written as w on w.part = f.part
where coalesce(f.rows, 0) <> coalesce(w.rows, 0) or coalesce(f.sum, 0) <> coalesce(w.sum, 0)
order by all
limit $most;
