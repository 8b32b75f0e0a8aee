-- vi: Tỉnh Thái Nguyên được bao nhiêu Huân chương Lao động năm 2025, ai được nhận, và bài nào nói vậy?
-- en: How many Labour Orders went to Thái Nguyên in 2025, to whom, and where does it say so?
-- Each story once: three articles tell of this congress, and one says 4 where two say 3. Those who are counted come without a name; one who is named may be among them. `url` is that of the first article.
-- grain: one row a class and a kind of recipients, or a named recipient.
select class, recipient_kind, null as name, value, lowest, highest, url
from story_counts
where province = 'Thái Nguyên' and year = 2025 and award = 'labor_order' and status = 'awarded' and adds
union all
select class, recipient_kind, name, 1, 1, 1, url
from award_recipients
where province = 'Thái Nguyên' and year = 2025 and award = 'labor_order' and status = 'awarded'
order by class, recipient_kind, name;
