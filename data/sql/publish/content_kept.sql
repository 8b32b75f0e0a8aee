-- How many rows a table of the store has, and the sum of the first halves of their MD5, as reckoned when they were written.
-- grain: one row.
select coalesce(sum(rows), 0)::bigint, coalesce(sum(sum), 0)
from (
    select rows, sum from work.article_checks where "table" = $table
    union all
    select rows, sum from work.table_checks where "table" = $table
);
