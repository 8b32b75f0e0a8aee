-- schema_migrations: which migrations this file has seen.
-- grain: one row a migration.
create table if not exists schema_migrations (
    version integer not null,
    name varchar not null,
    sha256 varchar not null,
    applied_at timestamp not null
);
