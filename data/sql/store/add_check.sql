-- Add rows to the checksums of a table's parts.
-- grain: one row a part of a table.
merge into table_checks as c
using (
    select {part} as part, count(*) as rows, coalesce(sum(md5_number_lower(to_json(t)::varchar)), 0) as sum
    from {source} as t
    group by all
) as d
on c."table" = $table and c.part = d.part
when matched then update set rows = c.rows + d.rows, sum = c.sum + d.sum
when not matched then insert values ($table, d.part, d.rows, d.sum);
