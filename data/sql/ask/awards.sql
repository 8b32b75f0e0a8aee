-- Awards by province and year, the most first.
-- Grain: province, year, award.
select province, year, award_vi as award, sum(awards)::bigint as awards
from awards_by_province group by all order by awards desc, province, year desc, award limit 15;
