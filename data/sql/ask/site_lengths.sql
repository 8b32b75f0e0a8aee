-- How many articles of a run are more than four times as long, or as short, as is usual for their site: the median of the 100 newest before, where there
-- are 20; $run is the run.
-- Grain: site.
with told as (
    select a.site, a.page, a.url, length(a.text) as length, f.run = $run as now, f.line
    from articles as a
    inner join fetches as f using (page)
    where a.kind = 'article'
),
numbered as (
    select *, row_number() over (partition by site order by line desc) as number
    from told
    where not now
),
before as (
    select site, median(length) as usual
    from numbered
    where number <= 100
    group by site
    having count(*) >= 20
)
select
    t.site,
    b.usual,
    count(*) as articles,
    count(*) filter (where t.length > 4 * b.usual) as longer,
    arg_max(t.page, t.length) as longer_page,
    arg_max(t.url, t.length) as longer_url,
    count(*) filter (where 4 * t.length < b.usual) as shorter,
    arg_min(t.page, t.length) as shorter_page,
    arg_min(t.url, t.length) as shorter_url
from told as t
inner join before as b using (site)
where t.now
group by t.site, b.usual;
