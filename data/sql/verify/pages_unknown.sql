-- Pages that the archive does not have, or has elsewhere or otherwise.
-- grain: one row a page.
select p.page, p.url
from pages as p
left join fetches as f on f.page = p.page
where
    f.page is null
    or (p.site, p.url) <> (f.site, f.url)
    or (p.sha256, p.warc, p."offset", p.length) is distinct from (f.sha256, f.warc, f."offset", f.length)
order by all
limit $most;
