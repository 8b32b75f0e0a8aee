-- Articles with all words: those of $words as they are $spelt (one of the forms of each, in the list of that word) where they were given with accents, else in any spelling;
-- and, if anything is $filtered by, with an award that meets every filter. Those with the $phrase in their title come first, then those whose text has each word beside the next, then the newest.
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
    union all
    select len($words) + a.nth, unnest(p.places)
    from asked as a
    inner join web.pairs as p on p.pair = hash(a.folded, $words[a.nth + 1])
    where a.nth < len($words)
),
having_all as (    -- a bit for each word and for each pair, from 1 on
    select place, bit_or(1::bigint << nth::integer) as marks
    from each
    group by place
    having marks & ((2::bigint << len($words)::integer) - 2) = (2::bigint << len($words)::integer) - 2
),
found as (
    select w.place, h.marks = (1::bigint << (2 * len($words)::integer)) - 2 as in_text
    from web.articles as w
    left join having_all as h using (place)
    where
        (
            not $of_awards
            and ($province is null or case when $era = 'new' then w.province_now else w.province end = $province)
            and ($year is null or w.year = $year)
            or w.place in (select place from met)
        )
        and (len($words) = 0 or h.place is not null)
),
ranked as (
    select f.place, f.in_text, f.in_text and $phrase <> '' and contains(w.folded_title, $phrase) as in_title
    from found as f
    inner join web.articles as w using (place)
),
page as (
    select *
    from ranked
    order by in_title desc, in_text desc, place
    limit $size offset $first
)
select w.article, coalesce(m.award_rows, []) as award_rows, (select count(*) from found) as total, a.title, a.lead, a.text, a.site, a.url, a.published_on, w.province, w.province_now
from page as p
inner join web.articles as w using (place)
inner join (select rowid as "at", * from articles where rowid in (select "at" from web.articles where place in (select place from page))) as a on a."at" = w."at"
left join met as m on m.place = p.place
order by p.in_title desc, p.in_text desc, p.place;
