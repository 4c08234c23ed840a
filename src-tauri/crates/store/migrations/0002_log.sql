-- The log: every event, what became of it, and the sums.

-- AUTOINCREMENT: a row number is never given twice, not even after pruning.
CREATE TABLE events (
    row   INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id    TEXT    NOT NULL UNIQUE,
    at    INTEGER NOT NULL,
    event TEXT    NOT NULL,
    fate  TEXT
) STRICT;

CREATE INDEX events_at ON events (at);
CREATE INDEX events_waiting ON events (row) WHERE fate IS NULL;

-- Kept by the triggers below, in the transaction that changes the log. There
-- is no trigger on delete: what is pruned stays counted.
CREATE TABLE counters (
    word  TEXT    PRIMARY KEY NOT NULL,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counters (word, count) VALUES
    ('received', 0), ('waiting', 0), ('shown', 0), ('merged', 0),
    ('aged_out', 0), ('removed', 0), ('blocked', 0), ('refused', 0);

CREATE TRIGGER events_count AFTER INSERT ON events BEGIN
    UPDATE counters SET count = count + 1
    WHERE word IN ('received', coalesce(new.fate ->> '$.fate', 'waiting'));
END;

CREATE TRIGGER events_recount AFTER UPDATE OF fate ON events BEGIN
    UPDATE counters SET count = count - 1
    WHERE word = coalesce(old.fate ->> '$.fate', 'waiting');
    UPDATE counters SET count = count + 1
    WHERE word = coalesce(new.fate ->> '$.fate', 'waiting');
END;
