-- What found a field in a site's articles: in those that a run fetched, and in the 20 newest before; $run is the run. `means` is template:number of
-- the selector, for the text that the generic reader found the element around it.
-- Grain: site, field.
with said as (
    select site, page, read_by, warnings, unnest(map_entries(selectors)) as entry
    from articles
),
found as (
    select site, page, entry.key as field, read_by || ':' || entry.value as means
    from said
    union all
    select site, page, 'body', list_extract(list_filter(warnings, lambda w: starts_with(w, 'generic_reader:')), 1)[16:]
    from articles
),
told as (
    select o.site, o.field, o.means, o.page, p.url, f.line, f.run = $run as now
    from found as o
    inner join pages as p using (page)
    inner join fetches as f using (page)
    where o.means is not null
),
newest as (
    select *
    from told
    qualify now or row_number() over (partition by site, field, now order by line desc) <= 20
)
select
    site,
    field,
    count(*) filter (where now) as articles_now,
    count(*) filter (where not now) as articles_before,
    list(distinct means) filter (where now) as all_now,
    list(distinct means) filter (where not now) as all_before,
    mode(means) filter (where now) as usual_now,
    mode(means) filter (where not now) as usual_before,
    arg_max(page, line) filter (where now) as page,
    arg_max(url, line) filter (where now) as url
from newest
group by site, field;
