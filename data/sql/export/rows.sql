-- Rows of a table by the day on which their article was published; day 1 of year 1 stands for those that tell none.
-- grain: that of the table.
select t.*
from {table} as t
left join articles as a on a.article = t.{of}
where coalesce(a.published_on, date '0001-01-01') between {first} and {last}
order by {order}
