-- Have pages say where the archive has them now; those that are others now are to be read again.
-- grain: one row a page.
update pages
set warc = f.warc, "offset" = f."offset", length = f.length, sha256 = f.sha256,
    rules = case when f.sha256 is distinct from pages.sha256 then null else pages.rules end
from fetches as f
where f.page = pages.page
    and (f.warc, f."offset", f.length, f.sha256) is distinct from (pages.warc, pages."offset", pages.length, pages.sha256);
