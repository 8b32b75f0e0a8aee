-- How many articles of a site had a field by a selector of its own: among those that a run fetched, and among all others; $run is the run.
-- Grain: site, field.
with told as (
    select a.site, a.page, unnest(map_keys(a.selectors)) as field
    from articles as a
),
fetched as (
    select page from fetches where run = $run and page is not null
)
select
    site,
    field,
    count(*) filter (where page in (select page from fetched)) as now,
    count(*) filter (where page not in (select page from fetched)) as before
from told
group by site, field;
