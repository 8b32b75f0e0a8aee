-- provinces: provinces of Vietnam in three eras: the 34 since 2025-07-01 (new), the 63 before (old), those before them (former).
-- grain: one row a province of an era.
create table provinces (
    era varchar not null,
    slug varchar not null,
    name varchar not null,
    kind varchar,
    gso_code varchar,
    gov_domain varchar,
    gov_domain_alt varchar,
    newspaper varchar,
    newspaper_domain varchar,
    newspaper_domain_alt varchar,
    newspaper_confirmed varchar,
    region varchar,
    successor varchar,
    merged_from varchar,
    seat_in varchar,
    change_2025 varchar,
    valid_from varchar,
    valid_to varchar,
    aliases varchar,
    notes varchar
);
