-- What each site gave, and when, in short; view site_health holds more.
-- Grain: site.
select site, status, health, missed, addresses, ok, open, refused, failed, waiting, usual_reason, articles, files, suspects, rejects, newest_article, with_day, last_fetch::date as last_fetch
from site_health order by addresses = 0, site;
