-- Bodies that articles name: collectives, firms and authorities, with the awards that they got and gave, the events that they held, the people who hold an office there. `body`, the key, is the name and the province;
-- two bodies of one name in a province (schools, communes of two districts) are one row: it may be several. Kept as a table.
-- `awards` counts awards conferred on it, each once a story; `received` holds these and what was proposed or registered, by status; their articles and words are in `award_recipients`.
-- grain: one row a body as far as the key tells: folded name, province.
-- key: body.
create table bodies as
with placed as (
    select f.article, f.published_on, f.url, s.story, row_number() over (order by f.published_on nulls first, f.article) as to_last
    from article_facts as f
    join story_articles as s using (article)
),
received as (
    select
        body,
        count(*) filter (where status = 'awarded') as awards,
        list_reverse_sort(
            list(struct_pack(year := year, award := award, level := level, class := class, status := status, article := article, award_row := award_row))
        ) as received
    from award_recipients
    where body is not null
    group by body
),
offices as (
    select body, count(*) as people
    from people
    where body is not null
    group by body
),
met as (
    select
        m.body,
        arg_max(m.name, p.to_last) as name,
        mode(m.kind order by m.kind) as kind,
        min(m.province) as province,
        min(p.published_on) as first_day,
        max(p.published_on) as last_day,
        count(distinct m.article) as articles,
        count(distinct p.story) as stories,
        count(distinct p.story) filter (where m.role = 'grantor') as stories_giving,
        count(distinct p.story) filter (where m.role = 'organizer') as stories_holding,
        max(p.to_last) as to_last
    from body_mentions as m
    join placed as p using (article)
    group by m.body
)
select
    m.body,
    m.name,
    m.kind as recipient_kind,
    m.province,
    s.province_now,
    coalesce(r.awards, 0) as awards,
    coalesce(r.received, []) as received,
    m.stories_giving,
    m.stories_holding,
    coalesce(o.people, 0) as people,
    m.articles,
    m.stories,
    m.first_day,
    m.last_day,
    z.article as last_article,
    z.url as last_url
from met as m
join placed as z on z.to_last = m.to_last
left join received as r on r.body = m.body
left join offices as o on o.body = m.body
left join province_spellings as s on s.spelling = m.province
order by m.body;
