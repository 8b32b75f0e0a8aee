-- Take the pages of a batch, as they are kept so far, from the checksums of `pages`.
-- grain: one row a site.
merge into table_checks as c
using (
    select site, count(*) as rows, sum(md5_number_lower(to_json(t)::varchar)) as sum
    from (from pages where page in (select page from batch)) as t
    group by site
) as d
on c."table" = 'pages' and c.part = d.site
when matched then update set rows = c.rows - d.rows, sum = c.sum - d.sum;
