-- What a plot says of where its numbers come from: how many articles of how many sites, the days of publication, whether it is the demo's sample data.
-- Grain: one row.
select
    count(*) as articles,
    count(distinct site) as sites,
    min(published_on) as first,
    max(published_on) as last,
    (select coalesce(bool_or(regexp_matches(path, '[/\\]demo[/\\][^/\\]+$')), false) from duckdb_databases() where database_name = current_database()) as sample
from articles;
