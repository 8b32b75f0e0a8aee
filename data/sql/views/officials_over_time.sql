-- Who held which office when, as far as articles name them: the first and the last day of publication on which they did.
-- grain: one row a name, office, body and province (the one that the article is about, else the publisher's).
create view officials_over_time as
select
    o.name,
    p.title,
    p.organization,
    coalesce(a.about_province, a.province) as province,
    s.province_now,
    min(a.published_on) as first_day,
    max(a.published_on) as last_day,
    count(distinct o.article) as articles,
    arg_max(o.article, a.published_on) as last_article,
    arg_max(o.quote, a.published_on) as last_quote,
    arg_max(a.url, a.published_on) as last_url
from officials as o
join articles as a on a.article = o.article
left join positions as p on p.article = o.article and p.official_row = o."row"
left join province_spellings as s on s.spelling = coalesce(a.about_province, a.province)
group by o.name, p.title, p.organization, coalesce(a.about_province, a.province), s.province_now;
