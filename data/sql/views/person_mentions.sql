-- People in articles, with the key by which mentions in several articles are taken for one person: the name without case and accents, a body and the province, parted by points.
-- The body is that of an office that the article gives them; of several the one that most articles give this name in this province. Without an office it is empty.
-- Who has a high office of the State that belongs to no body has that as the body (Thủ tướng). The province is the one that the body's name tells, none for a body of the whole country, else the article's. Kept as a table.
-- grain: one row a name of an article, once for each official of that name.
-- key: article, official_row, person.
create table person_mentions as
with names as (
    select name, slug(name) as name_key
    from (select name from officials union select name from recipients where kind = 'individual')
),
regions as (
    select province, slug(province) as slug
    from (select province from article_facts union select province from body_provinces)
),
awarded as (
    select r.article, n.name_key, min(r.name) as name, list(distinct r.award_row order by r.award_row) as award_rows
    from recipients as r
    join names as n using (name)
    where r.kind = 'individual'
    group by all
),
named as (
    select o.article, o."row" as official_row, n.name_key, o.name, o.quote
    from officials as o
    join names as n using (name)
),
offices as (
    select
        p.article, p.official_row, p."row", n.name_key, b.body as organization, b.key,
        case when b.is_national then null else coalesce(b.province, f.province) end as province
    from positions as p
    join named as n using (article, official_row)
    join article_facts as f using (article)
    join body_provinces as b on b.body = coalesce(p.organization, p.title)
),
known as (
    select name_key, key, province, count(distinct article) as articles
    from offices
    group by all
),
usual as (    -- of as many the first
    select o.article, o.official_row, max(k.articles * 1000 - o."row") as rank
    from offices as o
    join known as k on k.name_key = o.name_key and k.key = o.key and k.province is not distinct from o.province
    group by o.article, o.official_row
),
chosen as (
    select o.article, o.official_row, o.organization, o.key, o.province
    from offices as o
    join usual as u on u.article = o.article and u.official_row = o.official_row and (u.rank + o."row") % 1000 = 0
),
met as (
    select
        coalesce(n.article, w.article) as article, coalesce(n.name_key, w.name_key) as name_key, coalesce(n.name, w.name) as name,
        coalesce(n.quote, w.name) as quote, n.official_row, w.award_rows
    from named as n
    full join awarded as w on w.article = n.article and w.name_key = n.name_key
)
select
    concat_ws('.', m.name_key, coalesce(c.key, ''), coalesce(r.slug, '')) as person,
    m.name_key,
    m.name,
    c.organization,
    c.key as body_key,
    r.province,
    coalesce(m.award_rows, []) as award_rows,
    m.quote,
    m.official_row,
    m.article
from met as m
join article_facts as f on f.article = m.article
left join chosen as c on c.article = m.article and c.official_row = m.official_row
left join regions as r on r.province = case when c.article is null then f.province else c.province end;
