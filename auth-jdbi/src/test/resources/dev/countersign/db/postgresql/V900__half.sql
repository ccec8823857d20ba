-- Begins well and then breaks.
CREATE TABLE auth_half (id INTEGER);

INSERT INTO auth_schema_version (version, name, works_with) VALUES (900, 'half', 1);

INSERT INTO auth_nowhere (id) VALUES (1);
