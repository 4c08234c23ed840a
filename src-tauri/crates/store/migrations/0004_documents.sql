-- Apps with their groups and accounts, and the calls to their back ends.

-- What is read as a whole and has no column anybody asks for.
CREATE TABLE documents (
    kind  TEXT NOT NULL,
    key   TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

-- The queue of calls that are due and, once they ended, the log of them.
-- AUTOINCREMENT: a row number is never given twice, not even after pruning.
CREATE TABLE deliveries (
    row      INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    app      INTEGER NOT NULL,
    command  TEXT    NOT NULL,
    query    TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    made_at  INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('due', 'done', 'failed')),
    at       INTEGER NOT NULL,
    note     TEXT    NOT NULL
) STRICT;

CREATE INDEX deliveries_of ON deliveries (app, row);
-- The queue of an app costs the same however long its log is: the next calls
-- in order, and the time of the earliest.
CREATE INDEX deliveries_due ON deliveries (app, row, at) WHERE state = 'due';
CREATE INDEX deliveries_next ON deliveries (app, at) WHERE state = 'due';
