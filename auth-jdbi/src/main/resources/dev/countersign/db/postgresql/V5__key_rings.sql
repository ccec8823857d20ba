-- The keys of each mount, encrypted under a master key that is not in the database. version counts the changes of a ring; master_id tells master keys
-- apart and reveals nothing of them.
CREATE TABLE auth_key_rings (
    mount     TEXT COLLATE "C" PRIMARY KEY,
    version   BIGINT NOT NULL,
    sealed    TEXT   NOT NULL,
    master_id TEXT   NOT NULL
);

INSERT INTO auth_schema_version (version, name, works_with) VALUES (5, 'key_rings', 3);
