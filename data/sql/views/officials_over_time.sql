-- Who held which office when, as far as articles name them: the first and the last day of publication on which they did, with their words. When an office was taken or left is not told.
-- `person` is the key in `people`: one who holds two offices has two rows of one key. Kept as a table.
-- grain: one row a person (folded name, body, province), office and body.
-- key: person, title, organization.
create table officials_over_time as
with placed as (    -- articles without a day are neither the first nor the last where another one is
    select
        article, published_on, url,
        row_number() over (order by published_on nulls last, article) as from_first,
        row_number() over (order by published_on nulls first, article) as to_last
    from article_facts
),
held as (
    select
        m.person,
        o.title,
        o.organization,
        min(m.province) as province,
        arg_max(m.name, p.to_last) as name,
        min(p.published_on) as first_day,
        max(p.published_on) as last_day,
        count(distinct m.article) as articles,
        min(p.from_first) as from_first,
        arg_min(m.quote, p.from_first) as first_quote,
        max(p.to_last) as to_last,
        arg_max(m.quote, p.to_last) as last_quote
    from person_mentions as m
    join placed as p on p.article = m.article
    left join positions as o on o.article = m.article and o.official_row = m.official_row
    where m.official_row is not null
    group by m.person, o.title, o.organization
)
select
    h.person,
    h.name,
    h.title,
    h.organization,
    h.province,
    s.province_now,
    h.first_day,
    h.last_day,
    h.articles,
    a.article as first_article,
    h.first_quote,
    a.url as first_url,
    z.article as last_article,
    h.last_quote,
    z.url as last_url
from held as h
join placed as a on a.from_first = h.from_first
join placed as z on z.to_last = h.to_last
left join province_spellings as s on s.spelling = h.province;
