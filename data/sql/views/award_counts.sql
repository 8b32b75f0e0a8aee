-- How many got which award, where and when: every number that an article ties to an award, with its words and its address. To add up: sum(value) where adds and status = 'awarded'. `adds` is false for a number that is part of another
-- one of its article that counts awards too (`part_of`), for one that the article says again, and for "113 tập thể, cá nhân" or "113 Bằng khen" where its other numbers tell how many collectives and how many people. Articles on one event each have their row: `story_counts` has each story once. Kept as a table.
-- grain: one row a number in an article.
-- key: article, row.
create table award_counts as
with counted as (
    select
        c.* replace (whole."row" as part_of),
        list_filter(
            list_transform(c.units, lambda unit: case
                when unit in ('collective', 'unit') then 'collective'
                when unit in ('individual', 'worker', 'person', 'delegate', 'official') then 'individual'
                when unit in ('household', 'enterprise') then unit
            end),
            lambda kind: kind is not null
        ) as kinds
    from counts as c
    left join counts as whole on whole.article = c.article and whole."row" = c.part_of and whole.award is not null
    where c.award is not null
),
placed as (
    select
        coalesce(w.province, f.province) as province,
        coalesce(w.province_basis, f.province_basis) as province_basis,
        coalesce(c.year, w.year, f.year) as year,
        case when c.year is not null then 'award' when w.year is not null then w.year_basis else f.year_basis end as year_basis,
        c.award.type as award,
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
),
told as (
    select
        *,
        row_number() over (
            partition by article, award, level, class, status, year, recipient_kind, value order by part_of is not null, "row"
        ) = 1 and part_of is null as is_first,
        list(recipient_kind) filter (where part_of is null) over (partition by article, award, level, class, status, year) as kinds
    from placed
)
select
    d.province,
    s.province_now,
    d.province_basis,
    d.year,
    d.year_basis,
    d.award,
    t.vi as award_vi,
    d.level,
    d.class,
    d.status,
    d.value,
    d.comparator,
    d.units,
    d.recipient_kind,
    d.grantor,
    d.part_of,
    d.is_first and case
        when d.recipient_kind is null then len(list_filter(d.kinds, lambda kind: kind is not null)) = 0
        when contains(d.recipient_kind, ', ') then not list_has_any(string_split(d.recipient_kind, ', '), d.kinds)
        else true
    end as adds,
    d.quote,
    d.title,
    d.url,
    d.published_on,
    d.article,
    d."row",
    d.award_row
from told as d
left join province_spellings as s on s.spelling = d.province
left join award_types as t on t.code = d.award;
