-- The migrations that were applied, in order.
-- grain: one row a migration.
select version, name, sha256
from schema_migrations
order by version;
