-- vi: Con số ấy đứng ở đâu: nguyên văn, vị trí trong bài, địa chỉ, và trang như khi tải về?
-- en: Where does such a number stand: its words, their place in the text, the address, and the page as it was fetched?
-- `stands` reads the text at the offsets again (code points from 0, the end exclusive). `warc` and `offset` lead to the page in the archive, byte by byte.
-- grain: one row a number.
select
    c.quote,
    c.start,
    c."end",
    substr(a.text, c.start + 1, c."end" - c.start) = c.quote as stands,
    a.url,
    p.fetched_at,
    p.warc,
    p."offset"
from award_counts as w
join counts as c using (article, "row")
join articles as a using (article)
join pages as p using (page)
where w.province = 'Thái Nguyên' and w.year = 2025 and w.award = 'labor_order' and a.site = 'mau-thai-nguyen'
order by c.start;
