-- Failed logins, counted for users, networks, and users in networks. A key holds digests of names and addresses, and the number of a known user.
-- failures as of failed_at; forgotten per microsecond at the rate of leak. Times are microseconds since 1970 (UTC).
CREATE TABLE auth_throttle (
    throttle_key TEXT             COLLATE "C" PRIMARY KEY,
    failures     DOUBLE PRECISION NOT NULL,
    failed_at    BIGINT           NOT NULL,
    leak         DOUBLE PRECISION NOT NULL,
    succeeded_at BIGINT,
    expires_at   BIGINT           NOT NULL
) WITH (fillfactor = 90);

CREATE INDEX auth_throttle_expiry ON auth_throttle (expires_at);

INSERT INTO auth_schema_version (version, name, works_with) VALUES (6, 'throttle', 3);
