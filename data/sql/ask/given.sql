-- What extraction is given of an article, by its key; the stamp as a page prints it.
-- Grain: article.
select
    article as id, url, site, title, source_credit, province, text,
    case published_precision
        when 'day' then strftime(published_at, '%Y-%m-%d')
        else strftime(published_at, '%Y-%m-%dT%H:%M:%S+07:00')
    end as published_at
from articles
where article = $article;
