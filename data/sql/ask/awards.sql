-- Awards conferred by province and year, each story once, the most first.
-- Grain: province, year, award.
select province, year, award_vi as award, sum(awards)::bigint as awards
from story_awards_by_province
where status = 'awarded'
group by all
order by awards desc, province, year desc, award
limit 15;
