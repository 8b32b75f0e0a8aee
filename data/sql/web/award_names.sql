-- Names of awards.
-- Grain: code.
select code, vi, en from award_types;
