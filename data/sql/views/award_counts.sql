-- How many got which award, where and when: every number that an article ties to an award, with its words and its address. A number that is part of another one of the article (part_of) must not be added to it.
-- grain: one row a number in an article.
create view award_counts as
with counted as (
    select
        c.*,
        list_filter(
            list_transform(c.units, lambda unit: case
                when unit in ('collective', 'unit') then 'collective'
                when unit in ('individual', 'worker', 'person', 'delegate', 'official') then 'individual'
                when unit in ('household', 'enterprise') then unit
            end),
            lambda kind: kind is not null
        ) as kinds
    from counts as c
    where c.award is not null
)
select
    coalesce(w.province, f.province) as province,
    s.province_now,
    coalesce(w.province_basis, f.province_basis) as province_basis,
    coalesce(c.year, w.year, f.year) as year,
    case when c.year is not null then 'award' when w.year is not null then w.year_basis else f.year_basis end as year_basis,
    c.award.type as award,
    t.vi as award_vi,
    c.award.level as level,
    c.award.class as class,
    w.status,
    c.value,
    c.comparator,
    c.units,
    coalesce(nullif(array_to_string(list_sort(list_distinct(c.kinds)), ', '), ''), w.recipient_kind) as recipient_kind,
    w.grantor,
    c.part_of,
    c.quote,
    f.title,
    f.url,
    f.published_on,
    c.article,
    c."row",
    c.award_row
from counted as c
join article_facts as f on f.article = c.article
left join award_facts as w on w.article = c.article and w."row" = c.award_row
left join province_spellings as s on s.spelling = coalesce(w.province, f.province)
left join award_types as t on t.code = c.award.type;
