-- vi: Cũng những con số ấy, theo 34 tỉnh, thành phố từ ngày 1/7/2025?
-- en: The same by the 34 provinces since 2025-07-01?
-- Districts and communes that are no more stay as they were named.
-- grain: one row a province of today.
select province_now, list(distinct province order by province) as provinces_then, sum(awards)::bigint as awards, min(year) as first_year, max(year) as last_year
from story_awards_by_province
where award = 'certificate_of_commendation' and status = 'awarded'
group by province_now
order by awards desc, province_now;
