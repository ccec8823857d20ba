-- Times are microseconds since 1970 (UTC). A session is everything that follows from one login.
CREATE TABLE auth_sessions (
    id                 TEXT    PRIMARY KEY,
    mount              TEXT    NOT NULL,
    user_id            INTEGER NOT NULL,
    started_at         INTEGER NOT NULL,
    last_used_at       INTEGER NOT NULL,
    expires_at         INTEGER NOT NULL,
    ended_at           INTEGER,
    ends_with_password INTEGER NOT NULL CHECK (ends_with_password IN (0, 1)),
    client             TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX auth_sessions_user ON auth_sessions (user_id, started_at);

-- token_key is a digest of the token. Several sessions can have an access token with the same text, and so the same key: the first row of
-- a key has an empty share, further rows have the id of their session. Every transaction that adds or ends a key locks its first row.
-- token_id is the id of the access token; a refresh token has the one of the access token that it was issued with.
CREATE TABLE auth_session_tokens (
    token_key  TEXT    NOT NULL,
    share      TEXT    NOT NULL DEFAULT '',
    kind       TEXT    NOT NULL CHECK (kind IN ('ACCESS', 'REFRESH')),
    session_id TEXT    NOT NULL,
    token_id   TEXT,
    issued_at  INTEGER,
    expires_at INTEGER NOT NULL,
    spent_at   INTEGER,
    seed       TEXT,
    ended_at   INTEGER,
    PRIMARY KEY (token_key, share)
) STRICT, WITHOUT ROWID;

CREATE INDEX auth_session_tokens_session ON auth_session_tokens (session_id);
CREATE INDEX auth_session_tokens_id ON auth_session_tokens (token_id) WHERE token_id IS NOT NULL;
CREATE INDEX auth_session_tokens_expiry ON auth_session_tokens (expires_at);

-- When all tokens of a user were last ended, also those of no stored session. Rows stay.
CREATE TABLE auth_session_ends (
    user_id  INTEGER PRIMARY KEY,
    ended_at INTEGER NOT NULL
) STRICT;

-- A user who was changed or had a session ended; without a number, any user. Every node reads it; rows are deleted after some hours.
CREATE TABLE auth_changes (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id   INTEGER,
    stored_at INTEGER NOT NULL DEFAULT (CAST(strftime('%s', 'now') AS INTEGER) * 1000000)
) STRICT;

-- Not for logins and replaced hashes: nothing that a node remembers changes with them.
CREATE TRIGGER auth_users_changed AFTER UPDATE OF id, uuid, email, email_folded, username, username_folded, username_number, status,
    attributes, created_at, password_changed_at, version, stored_at, email_since, username_since, kept, origin_system ON auth_users
WHEN OLD.id IS NOT NEW.id OR OLD.uuid IS NOT NEW.uuid OR OLD.email IS NOT NEW.email OR OLD.email_folded IS NOT NEW.email_folded
    OR OLD.username IS NOT NEW.username OR OLD.username_folded IS NOT NEW.username_folded OR OLD.username_number IS NOT NEW.username_number
    OR OLD.status IS NOT NEW.status OR OLD.attributes IS NOT NEW.attributes OR OLD.created_at IS NOT NEW.created_at
    OR OLD.password_changed_at IS NOT NEW.password_changed_at OR OLD.version IS NOT NEW.version OR OLD.stored_at IS NOT NEW.stored_at
    OR OLD.email_since IS NOT NEW.email_since OR OLD.username_since IS NOT NEW.username_since OR OLD.kept IS NOT NEW.kept
    OR OLD.origin_system IS NOT NEW.origin_system
BEGIN
    INSERT INTO auth_changes (user_id) VALUES (OLD.id);
END;

CREATE TRIGGER auth_users_deleted AFTER DELETE ON auth_users
BEGIN
    INSERT INTO auth_changes (user_id) VALUES (OLD.id);
END;

CREATE TRIGGER auth_sessions_stored AFTER INSERT ON auth_sessions
WHEN NEW.ended_at IS NOT NULL
BEGIN
    INSERT INTO auth_changes (user_id) VALUES (NEW.user_id);
END;

CREATE TRIGGER auth_sessions_ended AFTER UPDATE OF ended_at ON auth_sessions
WHEN OLD.ended_at IS NOT NEW.ended_at
BEGIN
    INSERT INTO auth_changes (user_id) VALUES (NEW.user_id);
END;

CREATE TRIGGER auth_session_tokens_ended AFTER UPDATE OF ended_at ON auth_session_tokens
WHEN OLD.ended_at IS NOT NEW.ended_at
BEGIN
    INSERT INTO auth_changes (user_id) SELECT user_id FROM auth_sessions WHERE id = NEW.session_id;
END;

CREATE TRIGGER auth_session_ends_stored AFTER INSERT ON auth_session_ends
BEGIN
    INSERT INTO auth_changes (user_id) VALUES (NEW.user_id);
END;

CREATE TRIGGER auth_session_ends_moved AFTER UPDATE ON auth_session_ends
BEGIN
    INSERT INTO auth_changes (user_id) VALUES (NEW.user_id);
END;

INSERT INTO auth_schema_version (version, name, works_with) VALUES (4, 'sessions', 3);
