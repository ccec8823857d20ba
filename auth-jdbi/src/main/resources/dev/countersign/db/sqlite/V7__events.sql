-- Security events, append-only: the triggers refuse changes, and deletions except by retention. Times are microseconds since 1970 (UTC).
-- details are a JSON object of texts.
CREATE TABLE auth_events (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    user_id INTEGER,
    actor   TEXT    NOT NULL,
    address TEXT    NOT NULL,
    client  TEXT    NOT NULL,
    mount   TEXT    NOT NULL,
    details TEXT    NOT NULL
) STRICT;

CREATE INDEX auth_events_at ON auth_events (at);
CREATE INDEX auth_events_user ON auth_events (user_id, at) WHERE user_id IS NOT NULL;

-- The time before which retention may delete events. It only ever grows, so it also tells since when events are complete.
CREATE TABLE auth_event_cut (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    before_at INTEGER NOT NULL
) STRICT;

INSERT INTO auth_event_cut (one, before_at) VALUES (1, 0);

CREATE TRIGGER auth_events_unchanged BEFORE UPDATE ON auth_events
BEGIN
    SELECT RAISE(ABORT, 'auth_events is append-only');
END;

-- INSERT OR REPLACE would delete a row without the trigger for deletions.
CREATE TRIGGER auth_events_added BEFORE INSERT ON auth_events
WHEN EXISTS (SELECT 1 FROM auth_events WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'auth_events is append-only');
END;

CREATE TRIGGER auth_events_kept BEFORE DELETE ON auth_events
WHEN OLD.at >= coalesce((SELECT before_at FROM auth_event_cut), 0)
BEGIN
    SELECT RAISE(ABORT, 'auth_events is append-only');
END;

CREATE TRIGGER auth_event_cut_grows BEFORE UPDATE ON auth_event_cut
WHEN NEW.before_at < OLD.before_at
BEGIN
    SELECT RAISE(ABORT, 'auth_event_cut only grows');
END;

CREATE TRIGGER auth_event_cut_kept BEFORE DELETE ON auth_event_cut
BEGIN
    SELECT RAISE(ABORT, 'auth_event_cut only grows');
END;

INSERT INTO auth_schema_version (version, name, works_with) VALUES (7, 'events', 3);
