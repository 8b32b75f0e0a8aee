-- runs: runs of the command that wrote something.
-- grain: one row a run.
create table runs (
    run varchar not null,
    command varchar,
    version varchar,
    started_at timestamp,
    ended_at timestamp,
    status integer,
    summary varchar
);
