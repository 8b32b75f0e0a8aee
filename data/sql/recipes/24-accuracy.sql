-- vi: Mỗi loại bản ghi đúng đến đâu?
-- en: How accurate is each kind of record?
-- On articles that were annotated by hand and on which no rule was tuned (`test`). precision: of what was found, how much is right; recall: of what is there, how much was found. Expect less on real news (docs/accuracy.md).
-- grain: one row a kind of record.
select record, gold, found, "right", round("precision", 2) as "precision", round(recall, 2) as recall, round(f1, 2) as f1
from accuracy
where split = 'test'
order by record;
