-- Holds all that the statistics of an activity need, so that no row has to be looked up for them, and goes on being the
-- order in which an activity's counters are rebuilt. In two steps: TiDB does not do both in one.
CREATE INDEX activity_join_by_time ON activity_join (activity_id, joined_at_ms, player_id, ordinal, region);
DROP INDEX activity_join_by_activity ON activity_join;
