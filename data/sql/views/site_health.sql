-- What each site gave, and when: the newest state of its addresses, its pages and articles, how many articles carry a title and a day,
-- and what its last run missed of what is expected of it.
-- grain: one row a site.
-- key: site.
create view site_health as
with newest as (
    select site, url, arg_max(state, line) as state, arg_max(reason, line) as reason, max("at") as "at"
    from fetches
    where kind <> 'alias'   -- never asked for
    group by site, url
),
fetched as (
    select
        site,
        count(*) as addresses,
        count(*) filter (where state in ('ok', 'unchanged')) as ok,
        count(*) filter (where state = 'open') as open,
        count(*) filter (where state = 'refused') as refused,
        count(*) filter (where state = 'failed') as failed,
        count(*) filter (where state = 'retry_at') as waiting,
        mode(reason order by reason) filter (where state in ('refused', 'failed', 'retry_at')) as usual_reason,
        max("at") as last_fetch
    from newest
    group by site
),
crawled as (
    select site, arg_max(run, line) as run
    from fetches
    group by site
),
missed as (
    select
        site,
        bool_or(class = 'dead') as dead,
        string_agg(class || coalesce(': ' || field, ''), ', ' order by class, field) as missed
    from site_checks
    inner join crawled using (site, run)
    group by site
),
read as (
    select site, count(*) as pages, count(*) filter (where outcome = 'reject') as rejects
    from pages
    group by site
),
written as (
    select
        coalesce(site, 'import') as site,   -- articles of files have no publisher of their own
        count(*) as articles,
        count(*) filter (where read_by like 'file/%') as files,
        count(*) filter (where len(list_filter(warnings, lambda w: w like 'spam%')) > 0) as suspects,
        max(published_on) as newest_article,
        count(title) / count(*) as with_title,
        count(published_on) / count(*) as with_day
    from articles
    group by all
)
select
    site,
    s.name,
    s.province,
    s.status,
    coalesce(f.addresses, 0) as addresses,
    coalesce(f.ok, 0) as ok,
    coalesce(f.open, 0) as open,
    coalesce(f.refused, 0) as refused,
    coalesce(f.failed, 0) as failed,
    coalesce(f.waiting, 0) as waiting,
    f.usual_reason,
    f.last_fetch,
    coalesce(r.pages, 0) as pages,
    coalesce(r.rejects, 0) as rejects,
    coalesce(w.articles, 0) as articles,
    coalesce(w.files, 0) as files,   -- of the articles: PDF and office documents behind the address of a page
    coalesce(w.suspects, 0) as suspects,   -- of the articles: links or headlines of gambling, pills or loans on their pages
    w.newest_article,
    w.with_title,
    w.with_day,
    s.articles_a_month,
    s.newest_days,
    case
        when m.dead then 'dead'
        when w.suspects > 0 then 'suspect'
        when m.missed is not null then 'degraded'
        when f.site is not null and s.site is not null then 'ok'
    end as health,
    m.missed
from sites as s
full join fetched as f using (site)
full join read as r using (site)
full join written as w using (site)
left join missed as m using (site);
