-- Names that have all $words, or all names; those in most articles first. `total` counts them.
-- Grain: name.
with found as (
    select
        person,
        coalesce(arg_max(name, published_on), any_value(name)) as name,
        count(distinct article) as articles,
        list(distinct province order by province) filter (where province is not null) as provinces,
        coalesce(arg_max(offices, published_on) filter (where offices is not null), any_value(offices) filter (where offices is not null)) as offices,
        count(*) filter (where kind = 'awards') as awards
    from web.people
    where len(list_filter($words::varchar[], lambda word: not contains(' ' || replace(person, '-', ' ') || ' ', word))) = 0
    group by person
)
select *, count(*) over () as total
from found
order by articles desc, person
limit $size offset $first;
