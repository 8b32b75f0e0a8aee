-- Further addresses of articles, as the ledger tells of them.
-- Grain: address.
select site, url, reason, found_on, "at"
from fetches
where kind = 'alias'
order by line;
