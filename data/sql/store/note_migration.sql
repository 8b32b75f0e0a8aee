-- Note a migration as applied.
-- grain: one row a migration.
insert into schema_migrations values ($version, $name, $sha256, $applied_at);
