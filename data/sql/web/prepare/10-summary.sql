-- How much was published, for the first page.
-- Grain: one row.
create table web.summary as
select
    (select count(*) from articles) as articles,
    (select count(distinct province) from web.articles) as provinces,
    (select count(*) from awards) as awards,
    (select count(*) from counts) as counts,
    (select count(*) from officials) as officials,
    (select count(*) from events) as events,
    (select max(published_on) from web.articles) as newest;
