-- What each site gave, for the page of `thidua status --html`: its health, its yield in the last 12 weeks, rejects by reason, which selectors found
-- what, and in how many runs on end it was degraded.
-- Grain: site.
with weekly as (
    select site, date_diff('week', min(fetched_at), now()::timestamp) as ago, article
    from pages
    where article is not null
    group by site, article
),
yield as (
    select site, list(number order by ago desc) as weeks
    from (
        select s.site, w.ago, count(x.article) as number
        from (select distinct site from weekly) as s
        cross join (select unnest(range(12)) as ago) as w
        left join weekly as x on x.site = s.site and x.ago = w.ago
        group by s.site, w.ago
    )
    group by site
),
refused as (
    select site, list({reason: reason, number: number} order by number desc, reason) as rejects
    from (select site, coalesce(reason, '?') as reason, count(*) as number from pages where outcome = 'reject' group by all)
    group by site
),
matched as (
    select site, list({field: field, number: number, first: first_ones} order by field) as fields
    from (
        select site, entry.key as field, count(*) as number, count(*) filter (where entry.value = 0) as first_ones
        from (select site, unnest(map_entries(selectors)) as entry from articles)
        group by all
    )
    group by site
),
runs_of as (
    select site, run, max(line) as line
    from fetches
    group by site, run
),
judged as (
    select r.site, r.line, exists (select 1 from site_checks as c where c.site = r.site and c.run = r.run) as degraded
    from runs_of as r
),
streaks as (
    select j.site, count(*) filter (where j.degraded and j.line > coalesce(g.line, -1)) as streak
    from judged as j
    left join (select site, max(line) as line from judged where not degraded group by site) as g using (site)
    group by j.site
),
missed as (
    select
        c.site,
        list({class: c.class, field: c.field, selectors: c.selectors, url: c.url, page: c.page, detail: c.detail} order by c.class, c.field) as checks
    from site_checks as c
    inner join (select site, arg_max(run, line) as run from runs_of group by site) as r using (site, run)
    group by c.site
)
select h.*, y.weeks, r.rejects as rejected, m.fields, s.streak, k.checks
from site_health as h
left join yield as y using (site)
left join refused as r using (site)
left join matched as m using (site)
left join streaks as s using (site)
left join missed as k using (site)
where h.addresses > 0 or h.articles > 0
order by h.health is null or h.health not in ('dead', 'suspect', 'degraded'), h.site;
