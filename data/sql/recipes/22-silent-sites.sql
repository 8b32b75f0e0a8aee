-- vi: Nguồn tin nào đã im lặng?
-- en: Which sites fell silent?
-- Reckoned from the newest article of all. A site whose pages print no day tells nothing here: see `share_with_day`. `missed` says what its last run missed.
-- grain: one row a site.
select
    site,
    articles,
    newest_article,
    max(newest_article) over () - newest_article as days_silent,
    with_day as share_with_day,
    health,
    missed
from site_health
where articles > 0
order by days_silent desc nulls last, site;
