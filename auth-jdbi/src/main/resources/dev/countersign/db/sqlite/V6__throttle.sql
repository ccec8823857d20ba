-- Failed logins, counted for users, networks, and users in networks. A key holds digests of names and addresses, and the number of a known user.
-- failures as of failed_at; forgotten per microsecond at the rate of leak. Times are microseconds since 1970 (UTC).
CREATE TABLE auth_throttle (
    throttle_key TEXT    PRIMARY KEY,
    failures     REAL    NOT NULL,
    failed_at    INTEGER NOT NULL,
    leak         REAL    NOT NULL,
    succeeded_at INTEGER,
    expires_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX auth_throttle_expiry ON auth_throttle (expires_at);

INSERT INTO auth_schema_version (version, name, works_with) VALUES (6, 'throttle', 3);
