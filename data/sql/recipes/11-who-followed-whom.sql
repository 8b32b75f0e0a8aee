-- vi: Ai kế nhiệm ai ở chức vụ đứng đầu?
-- en: Who followed whom at the head of a body?
-- Only bodies whose name tells their province: there is one UBND tỉnh, but many a UBND huyện. The days are those on which articles name them, not those of the appointment.
-- grain: one row a change.
select
    title,
    organization,
    lag(name) over office as before,
    lag(last_day) over office as last_named,
    name as after,
    first_day as first_named
from officials_over_time
where title in ('Chủ tịch', 'Bí thư', 'Giám đốc', 'Cục trưởng') and contains(organization, province) and first_day is not null
window office as (partition by title, organization order by first_day, name)
qualify before is not null
order by organization, title, first_named;
