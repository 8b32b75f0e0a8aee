-- How far the records can be trusted: what extraction finds in articles annotated by hand, compared with the annotations. `split` test: articles that rules were not tuned on, the figure to cite; dev: those that they were tuned on.
-- All are of our own writing and denser than life; docs/accuracy.md tells what was met on real news. Made by `thidua evaluate --save`. Kept as a table.
-- grain: one row a split and kind of record.
-- key: split, record.
create table accuracy as
select
    split,
    record,
    rules,
    articles::integer as articles,
    gold::integer as gold,
    found::integer as found,
    "right"::integer as "right",
    "precision"::double as "precision",
    recall::double as recall,
    f1::double as f1,
    f1_low::double as f1_low,
    f1_high::double as f1_high
from accuracy_figures
order by split desc, record;
