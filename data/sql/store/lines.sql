-- Where the pages of a batch stand in the ledger, and when they were fetched.
-- grain: one row a page.
select f.page, f.line, f."at", f.reason
from fetches as f
semi join batch as b on f.page = b.page;
