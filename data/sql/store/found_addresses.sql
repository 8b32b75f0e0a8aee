-- All addresses of some articles, or of one address that gave no article, and the digests of their pages.
-- grain: one row an address and digest.
with met as (from pages where list_contains($articles, article) or url = $what)
select site, url, sha256 from met
union
select site, final_url, sha256 from met where final_url is not null
union
select site, unnest(redirects), sha256 from met
union
select site, url, null from aliases where list_contains($articles, article)
union
select site, url, null from articles where list_contains($articles, article) and url is not null
union
select site, url, null from fetches where url = $what
order by all;
