-- Articles whose rows in a table are not those that were written.
-- grain: one row an article.
with found as (
    select article, count(*) as rows, sum(md5_number_lower(to_json(t)::varchar)) as sum
    from {table} as t
    group by article
),
written as (
    select article, rows, sum
    from article_checks
    where "table" = $table
)
select coalesce(f.article, w.article), coalesce(f.rows, 0), coalesce(w.rows, 0)
from found as f
full join written as w on w.article = f.article
where coalesce(f.rows, 0) <> coalesce(w.rows, 0) or coalesce(f.sum, 0) <> coalesce(w.sum, 0)
order by all
limit $most;
