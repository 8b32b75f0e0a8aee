-- vi: Huân chương Lao động từ năm 2016: hạng Nhất, hạng Nhì, hạng Ba mỗi tỉnh bao nhiêu?
-- en: Labour Orders since 2016: how many of the first, second and third class in each province?
-- "118 Huân chương Lao động các hạng" tells no class (and read on: these are of a cluster of five provinces). An order to one whom nobody names ("tặng cho huyện") is in `awards`, but in no total.
-- grain: one row a province.
select
    province,
    coalesce(sum(awards) filter (where class = '1'), 0)::bigint as first_class,
    coalesce(sum(awards) filter (where class = '2'), 0)::bigint as second_class,
    coalesce(sum(awards) filter (where class = '3'), 0)::bigint as third_class,
    coalesce(sum(awards) filter (where class is null), 0)::bigint as not_told
from story_awards_by_province
where award = 'labor_order' and status = 'awarded' and year >= 2016
group by province
order by province;
