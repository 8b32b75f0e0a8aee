-- Bodies in articles as those who get an award, give one, hold an event, or to whom an office belongs, with the key by which mentions in several articles are taken for one body:
-- the key of its name (body_provinces) and the province that the name tells, none for a body of the whole country, else the article's, parted by a point. Kept as a table.
-- grain: one row a name, role and row of an article's record.
-- key: article, role, row, name.
create table body_mentions as
with regions as (
    select province, slug(province) as slug
    from (select province from article_facts union select province from body_provinces)
),
told as (
    select article, name, min(kind) as kind, 'recipient' as role, award_row as "row" from recipients where kind <> 'individual' group by all
    union all
    select article, grantor, null, 'grantor', "row" from awards where grantor is not null
    union all
    select article, unnest(list_distinct(organizers)), null, 'organizer', "row" from events
    union all
    select distinct article, organization, null, 'office', official_row from positions where organization is not null
)
select b.key || '.' || coalesce(r.slug, '') as body, t.name, t.kind, r.province, t.role, t."row", t.article
from told as t
join body_provinces as b on b.body = t.name
join article_facts as f using (article)
left join regions as r on r.province = case when b.is_national then null else coalesce(b.province, f.province) end;
