-- What became of an address that gave no article, newest first.
-- Grain: page.
select page, site, url, reason, fetched_at
from pages
where outcome = 'reject' and (url = $what or final_url = $what or page = $what)
order by fetched_at desc limit 1;
