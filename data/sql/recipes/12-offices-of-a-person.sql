-- vi: Một người đã giữ những chức vụ nào, được nêu khi nào?
-- en: Which offices did a person hold, and when do articles name them?
-- Two people may have one name: look at the body and the province. `last_quote` and `last_url` lead to the newest article.
-- grain: one row an office of the person.
select title, organization, first_day, last_day, articles
from officials_over_time
where name = 'Hoàng Thu Lý' and province = 'Thái Nguyên'
order by first_day, title, organization;
