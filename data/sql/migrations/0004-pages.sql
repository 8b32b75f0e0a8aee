-- pages: pages of the archive that were read, and what became of them.
-- grain: one row a page.
create table pages (
    page varchar not null,
    site varchar not null,
    url varchar not null,
    final_url varchar,
    kind varchar,
    fetched_at timestamp,
    status integer,
    sha256 varchar,
    warc varchar,
    "offset" bigint,
    length bigint,
    tls varchar,
    outcome varchar not null,
    reason varchar,
    read_by varchar,
    article varchar,
    rules varchar,
    run varchar
);
