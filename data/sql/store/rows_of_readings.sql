-- The rows of a table that a batch of readings holds.
-- grain: that of the table.
create or replace temp table rows_of_readings as
select unnest("row")
from (select unnest({table}) as "row" from readings);
