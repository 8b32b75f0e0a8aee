-- Lines that the store has and the ledger has not.
-- grain: one row.
select count(*)
from fetches
where line > $last;
