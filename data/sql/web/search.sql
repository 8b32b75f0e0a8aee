-- Articles with all $words (folded, padded), spelt with one of the forms of each of $accented where the words were given with accents, and, if anything is
-- $filtered by, with an award that meets every filter; those with the $phrase in their title come first, then those with it in their text, then the newest. `total` counts all of them.
-- Grain: article.
with met as (
    select article, list("row" order by "row") as award_rows
    from web.awards
    where
        $filtered
        and ($province is null or case when $era = 'new' then province_now else province end = $province)
        and ($year is null or year = $year)
        and ($award is null or award = $award)
        and ($level is null or level = $level)
        and ($status is null or status = $status)
        and ($kind is null or list_contains(kinds, $kind))
    group by article
),
found as (
    select
        w.article, coalesce(m.award_rows, []) as award_rows,
        $phrase <> '' and contains(w.folded_title, $phrase) as in_title,
        $phrase <> '' and contains(w.folded, $phrase) as in_text,
        w.published_at
    from web.articles as w
    left join met as m using (article)
    where
        (
            m.article is not null
            or not $of_awards
            and ($province is null or case when $era = 'new' then w.province_now else w.province end = $province)
            and ($year is null or w.year = $year)
        )
        and (len($words::varchar[]) = 0 or len(list_filter($words::varchar[], lambda word: not contains(w.folded, word))) = 0)
),
spelt as (
    select f.*
    from found as f
    inner join articles as a using (article)
    where
        len($accented::varchar[][]) = 0
        or len(list_filter(
            $accented::varchar[][],
            lambda forms: len(list_filter(forms, lambda form: contains(a.text, form) or contains(a.title, form))) = 0
        )) = 0
),
page as (
    select *, count(*) over () as total
    from spelt
    order by in_title desc, in_text desc, published_at desc nulls last, article
    limit $size offset $first
)
select p.article, p.award_rows, p.total, a.title, a.lead, a.text, a.site, a.url, a.published_on, f.province, f.province_now
from page as p
inner join articles as a using (article)
inner join web.articles as f using (article)
order by p.in_title desc, p.in_text desc, p.published_at desc nulls last, p.article;
