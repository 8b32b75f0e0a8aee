-- One article, by its key or its address.
-- Grain: article.
select article, url, title, published_at, province, about_province, author, source_credit, site, read_by, version, text
from articles where article = $what or url = $what order by published_at desc limit 1;
