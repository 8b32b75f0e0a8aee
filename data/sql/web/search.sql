-- Articles with all words: those of $words as they are $spelt (one of the forms of each, in the list of that word) where they were given with accents, else in any spelling;
-- and, if anything is $filtered by, with an award that meets every filter. Those with the $phrase in their title come first, then those with it in their text, then the newest.
-- `total` counts all of them.
-- Grain: article.
with met as (
    select place, list("row" order by "row") as award_rows
    from web.awards
    where
        $filtered
        and ($province is null or case when $era = 'new' then province_now else province end = $province)
        and ($year is null or year = $year)
        and ($award is null or award = $award)
        and ($level is null or level = $level)
        and ($status is null or status = $status)
        and ($kind is null or list_contains(kinds, $kind))
    group by place
),
asked as (
    select unnest($words::varchar[]) as folded, unnest($spelt::varchar[][]) as forms, unnest(generate_series(1, len($words))) as nth
),
each as (
    select a.nth, unnest(w.places) as place
    from asked as a
    inner join web.words as w on w.folded = a.folded and (len(a.forms) = 0 or list_contains(a.forms, w.word))
),
having_all as (
    select place
    from each
    group by place
    having bit_or(1 << nth::integer) = (2 << len($words)::integer) - 2
),
found as (
    select
        w.place,
        $phrase <> '' and contains(w.folded_title, $phrase) as in_title,
        case when len($words) < 2 then $phrase <> '' when contains(w.folded, $phrase[2:]) then contains(w.folded, $phrase) else false end as in_text   -- a space first is slow to look for
    from web.articles as w
    where
        (
            not $of_awards
            and ($province is null or case when $era = 'new' then w.province_now else w.province end = $province)
            and ($year is null or w.year = $year)
            or w.place in (select place from met)
        )
        and (len($words) = 0 or w.place in (select place from having_all))
),
page as (
    select *, count(*) over () as total
    from found
    order by in_title desc, in_text desc, place
    limit $size offset $first
)
select w.article, coalesce(m.award_rows, []) as award_rows, p.total, a.title, a.lead, a.text, a.site, a.url, a.published_on, w.province, w.province_now
from page as p
inner join web.articles as w using (place)
inner join (select rowid as "at", * from articles where rowid in (select "at" from web.articles where place in (select place from page))) as a on a."at" = w."at"
left join met as m on m.place = p.place
order by p.in_title desc, p.in_text desc, p.place;
