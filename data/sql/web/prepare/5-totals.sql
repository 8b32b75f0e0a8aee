-- The view awards_by_province, reckoned once.
-- Grain: province, year, award, level, class and status.
create table web.totals as
select * from awards_by_province;
