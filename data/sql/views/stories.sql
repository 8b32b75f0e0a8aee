-- Which articles are word for word the same text: reprints, and one article under several addresses. `story` is a hash of the letters and digits
-- below the headline, without case, accents and a credit in brackets at the end ("(TTXVN)"); an article with fewer than 200 of them is a story of
-- its own. `is_first` marks the one published first: count those to count each story once. Texts that differ in one word are two stories.
-- grain: one row an article.
create view stories as
with bodies as (
    select
        article, site, province, title, url, published_at,
        case when title <> '' and starts_with(text, title) then substr(text, length(title) + 1) else text end as body
    from articles
),
folded as (
    select
        * exclude (body),
        regexp_replace(
            replace(lower(strip_accents(nfc_normalize(regexp_replace(body, '\s*\([^()\n]{2,40}\)[\s./]*$', '')))), 'đ', 'd'),
            '[^\p{L}\p{N}]+', '', 'g'
        ) as letters
    from bodies
),
keyed as (
    select * exclude (letters), case when length(letters) >= 200 then substr(sha256(letters), 1, 16) else article end as story
    from folded
)
select
    story,
    article,
    row_number() over (partition by story order by published_at nulls last, article) = 1 as is_first,
    count(*) over (partition by story) as articles,
    site,
    province,
    title,
    url,
    published_at
from keyed;
