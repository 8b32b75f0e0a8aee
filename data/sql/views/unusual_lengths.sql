-- Articles whose text is more than four times as long, or as short, as is usual for their site, the median of its articles, where it has 20: the foot of
-- the page may have come in, or the body be lost. Kept as a table.
-- grain: one row an article.
-- key: article.
create table unusual_lengths as
with usual as (
    select site, median(length(text)) as usual
    from articles
    where kind = 'article'
    group by site
    having count(*) >= 20
)
select a.site, a.article, a.url, a.title, a.published_on, length(a.text) as length, u.usual, length(a.text) / u.usual as ratio
from articles as a
inner join usual as u using (site)
where a.kind = 'article' and (length(a.text) > 4 * u.usual or 4 * length(a.text) < u.usual)
order by ratio desc;
