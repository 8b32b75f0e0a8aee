-- Articles that name one person, with all offices that they give, also in other bodies than that of the key; the newest first.
-- Grain: person of an article.
with named as (
    select article, official_row, award_rows from person_mentions where person = $person
),
offices as (
    select p.article, p.official_row, list({title: p.title, organization: p.organization} order by p."row") as offices
    from positions as p
    inner join named as n on n.article = p.article and n.official_row = p.official_row
    group by p.article, p.official_row
)
select m.article, m.official_row, m.award_rows, coalesce(o.offices, []) as offices, a.title, a.site, a.province, a.published_on
from named as m
inner join web.articles as a using (article)
left join offices as o on o.article = m.article and o.official_row = m.official_row
order by a.published_on desc nulls last, m.article, m.official_row
limit $size;
