-- The newest page that is kept of each list, feed and sitemap.
-- Grain: site, url.
select site, url, arg_max(page, line) as page
from fetches
where kind in ('list', 'feed', 'sitemap') and page is not null
group by site, url;
