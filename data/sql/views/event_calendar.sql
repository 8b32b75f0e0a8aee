-- What happened when and where: conferences, launches, ceremonies, plans. The province is that of the one organizer's, else the article's. Several articles on one event each have their row:
-- `story` tells which rows are of one story, count(distinct story) counts them.
-- grain: one row an event of an article.
-- key: article, row.
create view event_calendar as
with organizers as (
    select e.article, e."row", min(b.province) as province
    from (select article, "row", unnest(organizers) as body from events) as e
    join body_provinces as b on b.body = e.body
    group by e.article, e."row"
    having min(b.province) = max(b.province)
)
select
    e.first_day,
    e.last_day,
    e.edtf,
    e.type,
    e.title,
    e.organizers,
    e.location,
    coalesce(o.province, f.province) as province,
    s.province_now,
    case when o.province is not null then 'organizer' else f.province_basis end as province_basis,
    e.documents,
    e.campaigns,
    e.quote,
    f.title as article_title,
    f.url,
    f.published_on,
    t.story,
    e.article,
    e."row"
from events as e
join article_facts as f on f.article = e.article
join story_articles as t on t.article = e.article
left join organizers as o on o.article = e.article and o."row" = e."row"
left join province_spellings as s on s.spelling = coalesce(o.province, f.province);
