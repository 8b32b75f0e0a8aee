-- Pairs of articles of one day that have some of their weight in common, the later one first: candidates for reports of one event.
-- grain: one row a pair of articles and part of the days.
create temp table story_meetings (article varchar, other varchar, likeness double);
