-- How many lines of the ledger are copied.
-- grain: one row.
select coalesce(max(line), 0)
from fetches;
