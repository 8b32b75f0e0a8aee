-- Awards of articles as the page lists and filters them: the kinds of those who got them, named or counted, and the numbers in the article's words.
-- Grain: award of an article.
create table web.awards as
with counted as (
    select
        article, award_row,
        list(quote order by "row") as numbers,
        flatten(list(string_split(recipient_kind, ', ') order by "row") filter (where recipient_kind is not null)) as kinds
    from award_counts
    where award_row is not null
    group by article, award_row
)
select
    a.place, w.article, w."row", w.province, s.province_now, w.year, w.award, w.level, w.class, w.status,
    list_sort(list_distinct(list_concat(coalesce(string_split(w.recipient_kind, ', '), []), coalesce(c.kinds, [])))) as kinds,
    w.named, coalesce(c.numbers, []) as numbers, w.quote
from award_facts as w
inner join web.articles as a using (article)
left join counted as c on c.article = w.article and c.award_row = w."row"
left join province_spellings as s on s.spelling = w.province
order by a.place, w."row";
