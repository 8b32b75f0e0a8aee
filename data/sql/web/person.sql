-- Where a name stands: as an official with offices, or with an award; the newest first.
-- Grain: person of an article.
select
    p.person, p.kind, p."row", p.name, p.offices, p.quote, p.article, p.province, p.province_now, p.published_on, a.title, a.site,
    w.type as award, w.level, w.class, w.status, w.year
from web.people as p
inner join articles as a using (article)
left join awards as w on w.article = p.article and w."row" = p.award_row
where p.person = $person
order by p.published_on desc nulls last, p.article, p.kind;
