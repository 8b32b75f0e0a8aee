-- How many articles are published.
-- grain: one row.
select count(*)
from articles;
