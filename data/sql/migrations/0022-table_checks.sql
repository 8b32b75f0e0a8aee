-- table_checks: checksums of the tables that do not hang on articles; not published.
-- grain: one row a part of a table.
create table table_checks (
    "table" varchar not null,
    part varchar not null,
    rows bigint not null,
    sum hugeint not null
);
