-- The answer to a query, without what differs from run to run on the same pages.
-- grain: that of the query.
select * replace ({masks})
from ({query});
