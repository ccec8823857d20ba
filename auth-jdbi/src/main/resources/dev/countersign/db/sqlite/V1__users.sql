-- Times are microseconds since 1970 (UTC). What is unique is compared by the folded columns.
CREATE TABLE auth_users (
    id                  INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid                TEXT    NOT NULL,
    email               TEXT,
    email_folded        TEXT,
    username            TEXT,
    username_folded     TEXT,
    username_number     INTEGER NOT NULL DEFAULT 0 CHECK (username_number IN (0, 1)),
    status              TEXT    NOT NULL CHECK (status IN ('ACTIVE', 'DISABLED')),
    attributes          TEXT    NOT NULL,
    password_hash       TEXT,
    created_at          INTEGER NOT NULL,
    updated_at          INTEGER,
    last_login_at       INTEGER,
    previous_login_at   INTEGER,
    password_changed_at INTEGER,
    version             INTEGER NOT NULL,
    CHECK (email IS NOT NULL OR username IS NOT NULL),
    CHECK ((email IS NULL) = (email_folded IS NULL)),
    CHECK ((username IS NULL) = (username_folded IS NULL))
) STRICT;

CREATE UNIQUE INDEX auth_users_uuid ON auth_users (uuid);
CREATE UNIQUE INDEX auth_users_email ON auth_users (email_folded);
CREATE UNIQUE INDEX auth_users_username ON auth_users (username_folded);

-- works_with: the oldest code, by the last script it knows, that works with this schema; without it, only this script's own.
CREATE TABLE auth_schema_version (
    version    INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    works_with INTEGER,
    applied_at INTEGER NOT NULL DEFAULT (CAST(strftime('%s', 'now') AS INTEGER) * 1000000)
) STRICT;

INSERT INTO auth_schema_version (version, name, works_with) VALUES (1, 'users', 1);
