-- Rooms, people, tokens and settings. Times are ms since 1970-01-01 UTC.

-- "SURT": marks the file as ours.
PRAGMA application_id = 1398100564;

CREATE TABLE rooms (
    id         TEXT    PRIMARY KEY NOT NULL,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    likes      INTEGER NOT NULL
) STRICT;

CREATE TABLE profiles (
    id         TEXT    PRIMARY KEY NOT NULL,
    nick       TEXT    NOT NULL,
    avatar     TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE mutes (
    room  TEXT    NOT NULL,
    user  TEXT    NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (room, user)
) STRICT, WITHOUT ROWID;

-- The SHA-256 of a token, never the token.
CREATE TABLE tokens (
    hash       BLOB    PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
    role       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
