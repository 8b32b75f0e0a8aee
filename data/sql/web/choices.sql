-- What one can filter by, in the order in which it is offered.
-- Grain: field, value.
select field, value, label, articles from web.choices order by place;
