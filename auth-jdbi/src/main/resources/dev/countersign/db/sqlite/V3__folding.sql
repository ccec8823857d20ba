-- Identifiers are compared by Unicode's case folding and, for domains, by UTS 46. The folded columns are written anew by the program, in batches: here is
-- after which user it goes on; without a row all is done.
CREATE TABLE auth_refolding (
    after_id INTEGER NOT NULL
) STRICT;

INSERT INTO auth_refolding (after_id) SELECT 0 WHERE EXISTS (SELECT 1 FROM auth_users);

-- Of users whose identifiers became one, only one has the folded form itself; the others have it with U+001F and a digest behind it. When that one goes,
-- the next one gets it: so nobody else can take it.
CREATE TRIGGER auth_users_email_changed AFTER UPDATE OF email_folded ON auth_users
WHEN OLD.email_folded IS NOT NEW.email_folded
BEGIN
    UPDATE auth_users SET email_folded = OLD.email_folded WHERE id = (SELECT min(id) FROM auth_users
        WHERE email_folded > OLD.email_folded || char(31) AND email_folded < OLD.email_folded || ' ');
END;

CREATE TRIGGER auth_users_email_deleted AFTER DELETE ON auth_users
WHEN OLD.email_folded IS NOT NULL
BEGIN
    UPDATE auth_users SET email_folded = OLD.email_folded WHERE id = (SELECT min(id) FROM auth_users
        WHERE email_folded > OLD.email_folded || char(31) AND email_folded < OLD.email_folded || ' ');
END;

CREATE TRIGGER auth_users_username_changed AFTER UPDATE OF username_folded ON auth_users
WHEN OLD.username_folded IS NOT NEW.username_folded
BEGIN
    UPDATE auth_users SET username_folded = OLD.username_folded WHERE id = (SELECT min(id) FROM auth_users
        WHERE username_folded > OLD.username_folded || char(31) AND username_folded < OLD.username_folded || ' ');
END;

CREATE TRIGGER auth_users_username_deleted AFTER DELETE ON auth_users
WHEN OLD.username_folded IS NOT NULL
BEGIN
    UPDATE auth_users SET username_folded = OLD.username_folded WHERE id = (SELECT min(id) FROM auth_users
        WHERE username_folded > OLD.username_folded || char(31) AND username_folded < OLD.username_folded || ' ');
END;

-- works_with: a release before would not find the users whose folded form changes.
INSERT INTO auth_schema_version (version, name, works_with) VALUES (3, 'folding', 3);
