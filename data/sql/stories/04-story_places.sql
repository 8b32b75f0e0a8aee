-- Places below the province and people that an article names: two articles that name different ones may tell of two events.
-- grain: one row an article.
create temp table story_places as
with people as (
    select article, list(distinct folded(name)) as people
    from officials
    where contains(name, ' ')
    group by article
),
found as (
    select
        h.article,
        a.about_province,
        coalesce(p.people, []) as people,
        list_transform(
            regexp_extract_all(h.head, '(?:[Hh]uyện(?: đảo)?|[Qq]uận|[Tt]hị xã|[Tt]hành phố|TP\.?) (\p{Lu}[\p{L}'']*(?: \p{Lu}[\p{L}'']*)*)', 1),
            lambda name: folded(name)
        ) as districts,
        list_transform(
            regexp_extract_all(h.head, '(?:[Xx]ã|[Pp]hường|[Tt]hị trấn) (\p{Lu}[\p{L}'']*(?: \p{Lu}[\p{L}'']*)*)', 1),
            lambda name: folded(name)
        ) as communes
    from story_heads as h
    join articles as a using (article)
    left join people as p using (article)
)
select
    article,
    about_province,
    people,
    list_filter(districts, lambda name: not list_contains(people, name) and not list_contains(provinces, name)) as districts,
    list_filter(communes, lambda name: not list_contains(people, name) and not list_contains(districts, name)) as communes
from found
cross join (select list(distinct folded(name)) as provinces from provinces);
