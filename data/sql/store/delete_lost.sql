-- Take out pages that the archive has no more.
-- grain: one row a page.
delete from pages
where page not in (select page from fetches where page is not null);
