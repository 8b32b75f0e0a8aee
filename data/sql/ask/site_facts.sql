-- What the pages of articles gave that a run fetched, for the judgement of the site; $run is the run.
-- Grain: site.
with fetched as (
    select
        f.site, f.page, p.outcome, p.reason, p.read_by, p.url, a.article, a.title, a.published_on,
        len(list_filter(a.warnings, lambda w: w like 'spam%')) > 0 as is_spam
    from fetches as f
    inner join pages as p using (page)
    left join articles as a on a.page = f.page and coalesce(a.read_by, '') not like 'file/%'   -- a file has no fields to judge
    where f.run = $run and f.kind = 'article'
)
select
    site,
    count(*) as pages,
    count(*) filter (where outcome = 'reject') as rejects,
    mode(reason) filter (where outcome = 'reject') as reason,
    arg_max(page, page) filter (where outcome = 'reject') as rejected_page,
    arg_max(url, page) filter (where outcome = 'reject') as rejected_url,
    count(article) as articles,
    count(*) filter (where is_spam) as suspects,
    arg_max(page, page) filter (where is_spam) as suspect_page,
    arg_max(url, page) filter (where is_spam) as suspect_url,
    list(distinct read_by) filter (where article is not null) as read_by,
    count(title) as titles,
    count(published_on) as days,
    arg_max(page, page) filter (where article is not null and published_on is null) as dayless_page,
    arg_max(url, page) filter (where article is not null and published_on is null) as dayless_url,
    count(article) filter (where read_by like 'trafilatura/%') as generic,
    arg_max(page, page) filter (where article is not null) as some_page,
    arg_max(url, page) filter (where article is not null) as some_url,
    arg_max(page, page) filter (where read_by like 'trafilatura/%') as generic_page,
    arg_max(url, page) filter (where read_by like 'trafilatura/%') as generic_url
from fetched
group by site;
