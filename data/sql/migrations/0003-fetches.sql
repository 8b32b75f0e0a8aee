-- fetches: the ledger of fetches.
-- grain: one row a line of the ledger.
create table fetches (
    line bigint not null,
    page varchar,
    run varchar not null,
    seq bigint not null,
    site varchar not null,
    url varchar not null,
    kind varchar,
    state varchar,
    reason varchar,
    "at" timestamp,
    status integer,
    sha256 varchar,
    warc varchar,
    "offset" bigint,
    length bigint,
    etag varchar,
    last_modified varchar,
    retry_at timestamp,
    found_on varchar
);
