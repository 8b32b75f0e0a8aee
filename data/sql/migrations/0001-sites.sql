-- sites: publishers of the registry.
-- grain: one row a site.
create table sites (
    site varchar not null,
    name varchar,
    kind varchar,
    province varchar,
    platform varchar,
    status varchar,
    hosts varchar[],
    articles_a_month double,
    newest_days integer
);
