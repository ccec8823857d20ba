-- Security events, append-only: the triggers refuse changes, and deletions except by retention. Times are microseconds since 1970 (UTC).
-- details are a JSON object of texts. Grant a server's user INSERT and SELECT only, and DELETE where it runs retention.
CREATE TABLE auth_events (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      BIGINT NOT NULL,
    kind    TEXT   NOT NULL,
    user_id BIGINT,
    actor   TEXT   NOT NULL,
    address TEXT   NOT NULL,
    client  TEXT   NOT NULL,
    mount   TEXT   NOT NULL,
    details TEXT   NOT NULL
);

CREATE INDEX auth_events_at ON auth_events (at);
CREATE INDEX auth_events_user ON auth_events (user_id, at) WHERE user_id IS NOT NULL;

-- The time before which retention may delete events. It only ever grows, so it also tells since when events are complete.
CREATE TABLE auth_event_cut (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    before_at BIGINT  NOT NULL
);

INSERT INTO auth_event_cut (one, before_at) VALUES (1, 0);

CREATE FUNCTION auth_events_refuse() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME;
END
';

CREATE FUNCTION auth_events_refuse_young() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE
    allowed bigint;
BEGIN
    EXECUTE format(''SELECT before_at FROM %I.auth_event_cut'', TG_TABLE_SCHEMA) INTO allowed;
    IF OLD.at >= coalesce(allowed, 0) THEN
        RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
';

CREATE TRIGGER auth_events_unchanged BEFORE UPDATE OR TRUNCATE ON auth_events
FOR EACH STATEMENT EXECUTE FUNCTION auth_events_refuse();

CREATE TRIGGER auth_events_kept BEFORE DELETE ON auth_events
FOR EACH ROW EXECUTE FUNCTION auth_events_refuse_young();

CREATE TRIGGER auth_event_cut_grows BEFORE UPDATE ON auth_event_cut
FOR EACH ROW WHEN (NEW.before_at < OLD.before_at) EXECUTE FUNCTION auth_events_refuse();

CREATE TRIGGER auth_event_cut_kept BEFORE DELETE OR TRUNCATE ON auth_event_cut
FOR EACH STATEMENT EXECUTE FUNCTION auth_events_refuse();

INSERT INTO auth_schema_version (version, name, works_with) VALUES (7, 'events', 3);
