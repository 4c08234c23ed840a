-- The console starts with the last gifts; without this a show with few gifts
-- among many comments would read the whole log for them.
CREATE INDEX events_gifts ON events (row) WHERE event ->> '$.kind' = 'gift';
