-- Events of an article, with the officials named in their paragraphs.
-- Grain: event.
select
    e.*,
    (
        select list({name: o.name, "row": o."row"} order by o."row")
        from event_officials as x
        inner join officials as o on o.article = x.article and o."row" = x.official_row
        where x.article = e.article and x.event_row = e."row"
    ) as officials
from events as e
where e.article = $article
order by e."row";
