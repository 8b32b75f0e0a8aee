-- All rows of a table.
-- grain: that of the table.
select t.*
from {table} as t
order by {order}
