-- What the store knows of a site's articles over time; $run is the run, $since the first moment of the window, UTC.
-- Grain: site.
with met as (
    select site, article, min(fetched_at) as first_met, bool_or(run_of.run = $run) as of_run
    from pages as p
    left join (select page, run from fetches where page is not null) as run_of using (page)
    where article is not null
    group by site, article
)
select
    m.site,
    count(*) filter (where not m.of_run) as articles_before,
    count(*) filter (where m.first_met >= $since) as lately,
    (select min(f."at") from fetches as f where f.site = m.site) as first_fetch,
    (select max(a.published_on) from articles as a where a.site = m.site) as newest_article
from met as m
group by m.site;
