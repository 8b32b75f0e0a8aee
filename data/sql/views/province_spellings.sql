-- Spellings of provinces: the province as it is named in records, and the one of today (since 2025-07-01) in which all of it lies, if it lies in one.
-- grain: one row a spelling.
-- key: spelling.
create view province_spellings as
with recursive today as (
    select slug, name as province_now
    from provinces
    where era = 'new'
),
before as (
    select o.slug, o.name, o.aliases, t.province_now
    from provinces as o
    join today as t on t.slug = o.successor
    where o.era = 'old'
),
successors as (
    select slug, name, aliases, trim(unnest(string_split(successor, ';'))) as successor
    from provinces
    where era = 'former'
),
parts as (    -- of those before 1997 some were split twice
    select name, aliases, successor as slug
    from successors
    union
    select p.name, p.aliases, s.successor
    from parts as p
    join successors as s on s.slug = p.slug
),
long_before as (
    select
        p.name,
        any_value(p.aliases) as aliases,
        case when count(distinct b.province_now) = 1 then min(b.province_now) end as province_now
    from parts as p
    join before as b on b.slug = p.slug
    group by p.name
),
named as (
    select 1 as rank, name as province, aliases, province_now from before
    union all
    select 2, name, aliases, name from provinces where era = 'new'
    union all
    select 3, name, aliases, province_now from long_before
),
spelled as (
    select rank, province, province_now, province as spelling from named
    union all
    select rank, province, province_now, trim(unnest(string_split(aliases, ';'))) from named
)
select spelling, arg_min(province, rank) as province, arg_min(province_now, rank) as province_now
from spelled
where length(spelling) >= 5    -- not HN and HCM, which are also names of other things
group by spelling;
