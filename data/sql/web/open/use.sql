-- Names are those of the published file; a setting of each connection.
-- Grain: none.
use news;
