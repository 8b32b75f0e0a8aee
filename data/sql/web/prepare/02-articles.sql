-- Articles as the page searches and lists them, the newest first: `place` counts them so; `at` is where they lie in the published table; `spelt` is their
-- headline and text, left out again when the words were taken from it.
-- Grain: article.
create table web.articles as
with told as (
    select *, rowid as "at", web.spelt(concat_ws(' ', title, text)) as spelt
    from articles
)
select
    row_number() over (order by a.published_at desc nulls last, a.article)::integer as place,
    a."at", a.article, a.title, a.lead, a.site, a.published_on, a.published_at, f.province, s.province_now, f.year,
    web.folded(coalesce(a.title, '')) as folded_title,
    a.spelt
from told as a
inner join article_facts as f using (article)
left join province_spellings as s on s.spelling = f.province
order by place;
