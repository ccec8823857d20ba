-- Identifiers are compared by Unicode's case folding and, for domains, by UTS 46. The folded columns are written anew by the program, in batches: here is
-- after which user it goes on; without a row all is done.
CREATE TABLE auth_refolding (
    after_id BIGINT NOT NULL
);

INSERT INTO auth_refolding (after_id) SELECT 0 WHERE EXISTS (SELECT 1 FROM auth_users);

-- Of users whose identifiers became one, only one has the folded form itself; the others have it with U+001F and a digest behind it. When that one goes,
-- the next one gets it: so nobody else can take it.
CREATE FUNCTION auth_users_pass_on() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE
    form text := to_jsonb(OLD) ->> TG_ARGV[0];
BEGIN
    EXECUTE format(''UPDATE %1$I.%2$I SET %3$I = $1 WHERE id = (SELECT min(id) FROM %1$I.%2$I
        WHERE %3$I > $1 || chr(31) AND %3$I < $1 || chr(32))'', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0]) USING form;
    RETURN NULL;
END
';

CREATE TRIGGER auth_users_email_changed AFTER UPDATE OF email_folded ON auth_users
FOR EACH ROW WHEN (OLD.email_folded IS DISTINCT FROM NEW.email_folded) EXECUTE FUNCTION auth_users_pass_on('email_folded');

CREATE TRIGGER auth_users_email_deleted AFTER DELETE ON auth_users
FOR EACH ROW WHEN (OLD.email_folded IS NOT NULL) EXECUTE FUNCTION auth_users_pass_on('email_folded');

CREATE TRIGGER auth_users_username_changed AFTER UPDATE OF username_folded ON auth_users
FOR EACH ROW WHEN (OLD.username_folded IS DISTINCT FROM NEW.username_folded) EXECUTE FUNCTION auth_users_pass_on('username_folded');

CREATE TRIGGER auth_users_username_deleted AFTER DELETE ON auth_users
FOR EACH ROW WHEN (OLD.username_folded IS NOT NULL) EXECUTE FUNCTION auth_users_pass_on('username_folded');

-- works_with: a release before would not find the users whose folded form changes.
INSERT INTO auth_schema_version (version, name, works_with) VALUES (3, 'folding', 3);
