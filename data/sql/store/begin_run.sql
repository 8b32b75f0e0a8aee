-- Note that a run began.
-- grain: one row a run.
insert into runs (run, command, version, started_at)
values ($run, $command, $version, $started_at);
