-- Names of people, those in most articles first.
-- Grain: name.
create table web.names as
select
    person,
    ' ' || replace(person, '-', ' ') || ' ' as words,
    coalesce(arg_max(name, published_on), any_value(name)) as name,
    count(distinct article) as articles,
    list(distinct province order by province) filter (where province is not null) as provinces,
    coalesce(arg_max(offices, published_on) filter (where offices is not null), any_value(offices) filter (where offices is not null)) as offices,
    count(*) filter (where kind = 'awards') as awards
from web.people
group by person
order by articles desc, person;
