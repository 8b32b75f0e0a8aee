-- Take out the pages of a batch.
-- grain: one row a page.
delete from pages
where page in (select page from batch);
