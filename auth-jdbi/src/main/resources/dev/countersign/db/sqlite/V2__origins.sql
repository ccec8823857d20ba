-- What tells a token of this user from one of somebody else. Times are microseconds since 1970 (UTC). A row without stored_at was stored when it was
-- created; one without email_since or username_since has its names since its last change. kept has words of NUMBER, UUID, EMAIL and USERNAME: what the
-- user has from the system that origin_system names.
ALTER TABLE auth_users ADD COLUMN token_issued_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE auth_users ADD COLUMN stored_at INTEGER;
ALTER TABLE auth_users ADD COLUMN email_since INTEGER;
ALTER TABLE auth_users ADD COLUMN username_since INTEGER;
ALTER TABLE auth_users ADD COLUMN kept TEXT;
ALTER TABLE auth_users ADD COLUMN origin_system TEXT;

-- Until now a token of the second of the change was taken as later than it, and goes on.
UPDATE auth_users SET password_changed_at = password_changed_at / 1000000 * 1000000 WHERE password_changed_at IS NOT NULL;

INSERT INTO auth_schema_version (version, name, works_with) VALUES (2, 'origins', 1);
