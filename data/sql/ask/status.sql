-- What each site gave, and when.
-- Grain: site.
select * from site_health order by site;
