-- People in articles, as officials or as those who got an award. `person` is the name as a key, and the same for all who share it.
-- Grain: person of an article, once as an official and once an award received.
create table web.people as
with offices as (
    select article, official_row, list({title: title, organization: organization} order by "row") as offices
    from positions
    group by article, official_row
),
told as (
    select o.article, 'officials' as kind, o."row" as "row", o.name, p.offices, null as award_row, o.quote
    from officials as o
    left join offices as p on p.article = o.article and p.official_row = o."row"
    union all
    select r.article, 'awards', r.award_row, r.name, null, r.award_row, r.name
    from recipients as r
    where r.kind = 'individual'
),
keys as (    -- each name is folded once
    select name, web.slug(name) as person
    from (select name from officials union select name from recipients where kind = 'individual')
)
select k.person, t.*, a.province, a.province_now, a.published_on
from told as t
inner join keys as k using (name)
inner join web.articles as a using (article)
where k.person <> ''
order by person, a.place;
