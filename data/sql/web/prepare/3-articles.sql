-- Articles as the page searches and lists them, the newest first.
-- Grain: article.
create table web.articles as
select
    a.article, a.title, a.lead, a.site, a.published_on, a.published_at, f.province, s.province_now, f.year,
    web.folded(coalesce(a.title, '')) as folded_title,
    web.folded(concat_ws(' ', a.title, a.text)) as folded
from articles as a
inner join article_facts as f using (article)
left join province_spellings as s on s.spelling = f.province
order by a.published_at desc nulls last, a.article;
