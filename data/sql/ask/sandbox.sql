-- No other file, no network, no way back.
-- Grain: none.
set enable_external_access = false;
set lock_configuration = true;
