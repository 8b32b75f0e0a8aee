-- How much the published file holds.
-- Grain: table.
select 'pages' as what, count(*) as rows from pages
union all select 'articles', count(*) from articles
union all select 'dates', count(*) from dates
union all select 'officials', count(*) from officials
union all select 'positions', count(*) from positions
union all select 'awards', count(*) from awards
union all select 'recipients', count(*) from recipients
union all select 'counts', count(*) from counts
union all select 'events', count(*) from events
union all select 'documents', count(*) from documents
union all select 'campaigns', count(*) from campaigns;
