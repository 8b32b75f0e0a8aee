-- People that articles name: their offices, the awards that they got, when they were first and last met. A name alone is nobody: `person`, the key, is the name, the body and the province. Still a row may be
-- several people of that name there (`may_be_several`: no body is told, so it surely may), and who moved from one body to another is several rows (`namesakes` counts the other rows of the name). Kept as a table.
-- `awards` counts awards conferred, each once a story; `received` holds these and what was proposed or registered, by status; their articles and words are in `award_recipients`.
-- grain: one row a person as far as the key tells: folded name, body, province.
-- key: person.
create table people as
with placed as (    -- articles without a day are neither the first nor the last where another one is
    select
        f.article, f.published_on, f.url,
        row_number() over (order by f.published_on nulls last, f.article) as from_first,
        row_number() over (order by f.published_on nulls first, f.article) as to_last,
        hash(s.story) as story_hash    -- numbers are counted in half the time of words
    from article_facts as f
    join story_articles as s using (article)
),
received as (
    select
        person,
        count(*) filter (where status = 'awarded') as awards,
        list_reverse_sort(
            list(struct_pack(year := year, award := award, level := level, class := class, status := status, article := article, award_row := award_row))
        ) as received
    from award_recipients
    where person is not null
    group by person
),
titles as (
    select person, list(title order by title) as titles
    from (
        select distinct m.person, p.title
        from positions as p
        join person_mentions as m on m.article = p.article and m.official_row = p.official_row
    )
    group by person
),
met as (
    select
        m.person,
        min(m.name_key) as name_key,
        arg_max(m.name, p.to_last) as name,
        arg_max(m.organization, p.to_last) as organization,
        min(m.body_key) as body_key,
        min(m.province) as province,
        min(p.published_on) as first_day,
        max(p.published_on) as last_day,
        count(distinct p.to_last) as articles,
        count(distinct p.story_hash) as stories,
        min(p.from_first) as from_first,
        arg_min(m.quote, p.from_first) as first_quote,
        max(p.to_last) as to_last,
        arg_max(m.quote, p.to_last) as last_quote
    from person_mentions as m
    join placed as p using (article)
    group by m.person
),
named as (
    select name_key, count(*) as people
    from met
    group by name_key
)
select
    m.person,
    m.name_key,
    m.name,
    m.organization,
    case when m.body_key is not null then m.body_key || '.' || split_part(m.person, '.', 3) end as body,
    m.province,
    s.province_now,
    coalesce(t.titles, []) as titles,
    m.body_key is null as may_be_several,
    n.people - 1 as namesakes,
    coalesce(r.awards, 0) as awards,
    coalesce(r.received, []) as received,
    m.articles,
    m.stories,
    m.first_day,
    m.last_day,
    a.article as first_article,
    m.first_quote,
    a.url as first_url,
    z.article as last_article,
    m.last_quote,
    z.url as last_url
from met as m
join named as n using (name_key)
join placed as a on a.from_first = m.from_first
join placed as z on z.to_last = m.to_last
left join titles as t on t.person = m.person
left join received as r on r.person = m.person
left join province_spellings as s on s.spelling = m.province
order by m.person;
