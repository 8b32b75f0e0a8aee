-- Sites that have articles on pages with links or headlines of gambling, pills or loans, and how many.
-- Grain: site.
select site, suspects from site_health where suspects > 0 order by site;
