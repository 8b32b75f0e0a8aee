-- Publishers whose articles are published, and where most of these stand.
-- grain: one row a site.
select s.site, s.name, nullif(mode(regexp_extract(a.url, '^https?://[^/]+/')), '')
from sites as s
join articles as a using (site)
group by s.site, s.name
order by s.site;
