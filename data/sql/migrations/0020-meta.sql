-- meta: schema and release, to cite.
-- grain: one row a fact.
create table meta (
    key varchar not null,
    value varchar
);
