-- Note how a run ended.
-- grain: one row a run.
update runs
set ended_at = $ended_at, status = $status, summary = $summary
where run = $run;
