-- The runs since a site's last answer in which it gave nothing at all, by the fault of the network that each met, the newest first. A run in which none
-- of several sites answered tells of the network here; one that only waited for the end of a pause tells nothing.
-- Grain: site.
with told as (
    select
        site,
        run,
        max(line) as line,
        bool_or(status is not null or state in ('ok', 'unchanged')) as answered,
        mode(reason) filter (where reason in ('dns', 'connect', 'timeout', 'reset', 'tls')) as reason
    from fetches
    where kind in ('article', 'list', 'feed', 'sitemap', 'robots') and not (state = 'ok' and coalesce(reason, '') in ('import', 'truncated'))
    group by site, run
),
without_network as (
    select run
    from told
    group by run
    having count(*) > 1 and not bool_or(answered)
),
answers as (
    select site, max(line) as line
    from told
    where answered
    group by site
)
select t.site, list(t.reason order by t.line desc) as reasons
from told as t
anti join without_network as w using (run)
left join answers as a using (site)
where t.reason is not null and t.line > coalesce(a.line, -1)
group by t.site;
