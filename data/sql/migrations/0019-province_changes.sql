-- province_changes: mergers, splits and renamings of provinces.
-- grain: one row a change.
create table province_changes (
    "date" varchar,
    kind varchar,
    "from" varchar,
    "to" varchar,
    legal_basis varchar,
    note varchar,
    confidence varchar
);
