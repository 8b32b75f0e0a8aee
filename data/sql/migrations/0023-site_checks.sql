-- site_checks: what a site missed of what is expected of it, judged at the end of a run.
-- grain: one row a missed expectation of a site in a run.
create table site_checks (
    run varchar not null,
    site varchar not null,
    class varchar not null,
    field varchar,
    selectors varchar[],
    page varchar,
    url varchar,
    detail varchar not null
);
