-- A fact about the file.
-- grain: one row.
select value
from meta
where key = $key;
