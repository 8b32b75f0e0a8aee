-- Lines of the ledger that the store has otherwise, or not at all, and lines that only the store has, in one stretch of the ledger.
-- grain: one row a line.
with copied as (
    select * from fetches where line between $first and $last
)
select line
from (
    (from ledger_lines except from copied)
    union
    (from copied except from ledger_lines)
)
group by line
order by line;
