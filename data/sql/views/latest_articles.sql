-- Articles, the newest first, with how many records they gave.
-- grain: one row an article.
-- key: article.
create view latest_articles as
with awarded as (select article, count(*) as n from awards group by article),
counted as (select article, count(*) as n from counts group by article),
named as (select article, count(*) as n from officials group by article),
happened as (select article, count(*) as n from events group by article)
select
    a.published_at,
    a.published_on,
    a.title,
    a.lead,
    coalesce(a.about_province, a.province) as province,
    s.province_now,
    a.site,
    a.url,
    coalesce(w.n, 0) as awards,
    coalesce(c.n, 0) as counts,
    coalesce(o.n, 0) as officials,
    coalesce(e.n, 0) as events,
    len(list_filter(a.warnings, lambda w: w like 'spam%')) > 0 as suspect,   -- links or a headline of gambling, pills or loans on its page
    a.version,
    a.article
from articles as a
left join awarded as w on w.article = a.article
left join counted as c on c.article = a.article
left join named as o on o.article = a.article
left join happened as e on e.article = a.article
left join province_spellings as s on s.spelling = coalesce(a.about_province, a.province)
order by a.published_at desc nulls last, a.article;
