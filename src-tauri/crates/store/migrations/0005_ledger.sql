-- The claims ledger. It is only ever added to, one after the other; what it
-- holds is read and checked by the program (docs/sale.md).

CREATE TABLE ledger (
    seq   INTEGER PRIMARY KEY NOT NULL CHECK (seq > 0),
    entry TEXT    NOT NULL,
    hash  BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER ledger_order BEFORE INSERT ON ledger
WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger) BEGIN
    SELECT raise(ABORT, 'the ledger goes on with another number');
END;

CREATE TRIGGER ledger_same BEFORE UPDATE ON ledger BEGIN
    SELECT raise(ABORT, 'an entry of the ledger never changes');
END;

CREATE TRIGGER ledger_whole BEFORE DELETE ON ledger BEGIN
    SELECT raise(ABORT, 'an entry of the ledger never goes');
END;
