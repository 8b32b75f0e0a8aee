-- vi: Mỗi tỉnh (theo tên khi ấy) có bao nhiêu Giấy khen, từng năm?
-- en: How many Certificates of Commendation in each province (as it was named then), year by year?
-- Each story once; those who are counted, and those who are only named.
-- grain: one row a province and year.
select province, year, sum(counted)::bigint as counted, sum(named)::bigint as named, sum(awards)::bigint as awards
from story_awards_by_province
where award = 'certificate_of_commendation' and status = 'awarded'
group by all
order by province, year;
