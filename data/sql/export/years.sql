-- The years in which the articles of a table's rows were published; 1 stands for those that tell none.
-- grain: one row a year.
select distinct year(coalesce(a.published_on, date '0001-01-01')) as published_year
from {table} as t
left join articles as a on a.article = t.{of}
where coalesce(a.published_on, date '0001-01-01') between {first} and {last}
order by all
