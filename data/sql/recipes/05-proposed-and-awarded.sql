-- vi: Ở tỉnh Đồng Nai ngày nay năm 2025, bao nhiêu đã tặng, bao nhiêu mới đề nghị hoặc đăng ký?
-- en: In the Đồng Nai of today in 2025, how much was awarded, how much only proposed or registered?
-- The three must never be added together.
-- grain: one row a kind of award and level.
select
    award_vi,
    level,
    coalesce(sum(awards) filter (where status = 'awarded'), 0)::bigint as awarded,
    coalesce(sum(awards) filter (where status = 'proposed'), 0)::bigint as proposed,
    coalesce(sum(awards) filter (where status = 'registered'), 0)::bigint as registered
from story_awards_by_province
where province_now = 'Đồng Nai' and year = 2025
group by all
order by award_vi, level;
