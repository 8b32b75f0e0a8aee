-- Spellings of provinces: the province as it is named in records, and the one of today (since 2025-07-01) in which it lies.
-- grain: one row a spelling.
create view province_spellings as
with today as (
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
long_before as (    -- only those all of which lies in one province of today
    select f.name, any_value(f.aliases) as aliases, min(b.province_now) as province_now
    from (select name, aliases, trim(unnest(string_split(successor, ';'))) as slug from provinces where era = 'former') as f
    left join before as b on b.slug = f.slug
    group by f.name
    having count(distinct b.province_now) = 1 and count(b.slug) = count(*)
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
