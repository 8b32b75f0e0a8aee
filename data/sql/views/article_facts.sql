-- Province and year of articles for what says neither of its own: the organizer's province, else the one that the article is about, else the publisher's; the year of its first dated event, else of publication, else inferred. Kept as a table.
-- grain: one row an article.
-- key: article.
create table article_facts as
with organizers as (
    select e.article, min(b.province) as province
    from (select article, unnest(organizers) as body from events) as e
    join body_provinces as b on b.body = e.body
    group by e.article
    having min(b.province) = max(b.province)
),
happened as (
    select article, arg_min(year(first_day), "row") as year
    from events
    where first_day is not null
    group by article
)
select
    a.article,
    coalesce(o.province, a.about_province, a.province) as province,
    case
        when o.province is not null then 'organizer'
        when a.about_province is not null then 'about'
        when a.province is not null then 'publisher'
    end as province_basis,
    coalesce(h.year, year(a.published_on), try_cast(substr(a.published_inferred, 1, 4) as integer)) as year,
    case
        when h.year is not null then 'event'
        when a.published_on is not null then 'published'
        when try_cast(substr(a.published_inferred, 1, 4) as integer) is not null then 'inferred'
    end as year_basis,
    a.title,
    a.url,
    a.published_on
from articles as a
left join organizers as o on o.article = a.article
left join happened as h on h.article = a.article;
