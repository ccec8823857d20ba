package dev.countersign.jdbi.internal.session;

import dev.countersign.jdbi.table.TableNames;

/** Every statement about sessions, the same for all vendors. */
enum SessionSql {
    OPEN("""
            INSERT INTO %sessions (id, mount, user_id, started_at, last_used_at, expires_at, ended_at, ends_with_password, client)
            VALUES (:session, :mount, :user, :started_at, :last_used_at, :expires_at, :ended_at, :ends_with_password, :client)"""),
    USE("""
            UPDATE %sessions SET last_used_at = CASE WHEN last_used_at > :at THEN last_used_at ELSE :at END
            WHERE id = :session AND ended_at IS NULL"""),
    FIND("SELECT %columns FROM %sessions s WHERE s.id = :session"),
    FIND_BY_TOKEN_ID("""
            SELECT %columns FROM %sessions s
            WHERE s.id IN (SELECT session_id FROM %tokens WHERE token_id = :token_id) ORDER BY s.started_at, s.id"""),
    LIVE("""
            SELECT %columns FROM %sessions s WHERE s.user_id = :user AND s.ended_at IS NULL AND s.expires_at > :now
            ORDER BY s.started_at DESC, s.id"""),
    END("UPDATE %sessions SET ended_at = :at WHERE id = :session AND ended_at IS NULL"),
    END_BY_TOKEN("""
            UPDATE %sessions SET ended_at = :at
            WHERE ended_at IS NULL AND id IN (SELECT session_id FROM %tokens WHERE token_key = :key AND kind = 'ACCESS')"""),
    END_ALL(
            "UPDATE %sessions SET ended_at = :at WHERE user_id = :user AND ended_at IS NULL AND id <> :except RETURNING id"),
    END_WITH_PASSWORD("""
            UPDATE %sessions SET ended_at = :at
            WHERE user_id = :user AND ended_at IS NULL AND ends_with_password = 1 AND id <> :except
            RETURNING id"""),
    DELETE_EMPTY("""
            DELETE FROM %sessions WHERE id = :session AND last_used_at < :before
            AND NOT EXISTS (SELECT 1 FROM %tokens t WHERE t.session_id = :session)"""),

    CUT("""
            INSERT INTO %ends AS e (user_id, ended_at) VALUES (:user, :at)
            ON CONFLICT (user_id)
            DO UPDATE SET ended_at = CASE WHEN e.ended_at > excluded.ended_at THEN e.ended_at ELSE excluded.ended_at END"""),
    FIND_CUT("SELECT ended_at FROM %ends WHERE user_id = :user"),

    ADD_ACCESS("""
            INSERT INTO %tokens (token_key, kind, session_id, token_id, issued_at, expires_at)
            VALUES (:access_key, 'ACCESS', :session, :token_id, :issued_at, :access_expires_at)
            ON CONFLICT (token_key, share) DO UPDATE SET share = excluded.share
            RETURNING kind, session_id, token_id"""),
    ADD_BOTH("""
            INSERT INTO %tokens (token_key, kind, session_id, token_id, issued_at, expires_at)
            VALUES (:access_key, 'ACCESS', :session, :token_id, :issued_at, :access_expires_at),
                (:refresh_key, 'REFRESH', :session, :token_id, NULL, :refresh_expires_at)
            ON CONFLICT (token_key, share) DO UPDATE SET share = excluded.share
            RETURNING kind, session_id, token_id"""),
    SHARE("""
            INSERT INTO %tokens (token_key, share, kind, session_id, token_id, issued_at, expires_at)
            VALUES (:access_key, :share, 'ACCESS', :session, :token_id, :issued_at, :access_expires_at)
            ON CONFLICT DO NOTHING"""),
    COUNT_ENDED("""
            SELECT count(*) FROM %tokens t LEFT JOIN %sessions s ON s.id = t.session_id
            WHERE t.token_key = :key AND (t.ended_at IS NOT NULL OR s.ended_at IS NOT NULL)"""),
    REMOVE("DELETE FROM %tokens WHERE session_id = :session AND token_id = :token_id"),
    SPEND("""
            UPDATE %tokens SET spent_at = :at, seed = :seed
            WHERE token_key = :key AND share = '' AND kind = 'REFRESH' AND spent_at IS NULL
            AND EXISTS (SELECT 1 FROM %sessions s WHERE s.id = session_id AND s.ended_at IS NULL)
            RETURNING session_id"""),
    RETURN("UPDATE %tokens SET spent_at = NULL, seed = NULL WHERE token_key = :key AND share = ''"),
    FIND_ACCESS("""
            SELECT %columns, t.issued_at, t.expires_at AS token_expires_at, t.ended_at AS token_ended_at
            FROM %tokens t JOIN %sessions s ON s.id = t.session_id WHERE t.token_key = :key AND t.kind = 'ACCESS'
            ORDER BY s.started_at, s.id"""),
    FIND_REFRESH("""
            SELECT %columns, t.expires_at AS token_expires_at, t.spent_at, t.seed
            FROM %tokens t JOIN %sessions s ON s.id = t.session_id WHERE t.token_key = :key AND t.kind = 'REFRESH'"""),
    END_KEY("UPDATE %tokens SET ended_at = coalesce(ended_at, :at) WHERE token_key = :key AND kind = 'ACCESS'"),
    END_LIVE_KEY("""
            UPDATE %tokens SET ended_at = :at WHERE token_key = :key AND kind = 'ACCESS' AND ended_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM %tokens t JOIN %sessions s ON s.id = t.session_id
                WHERE t.token_key = :key AND s.ended_at IS NOT NULL)"""),
    ADD_ENDED("""
            INSERT INTO %tokens (token_key, kind, session_id, token_id, issued_at, expires_at, ended_at)
            VALUES (:key, 'ACCESS', :session, :token_id, :started_at, :expires_at, :ended_at)
            ON CONFLICT DO NOTHING"""),
    /** The limit is {@link JdbiSessionStore#BATCH}, and not a parameter, so that planners know it. */
    DELETE_EXPIRED("""
            DELETE FROM %tokens WHERE (token_key, share) IN
                (SELECT token_key, share FROM %tokens WHERE expires_at < :before ORDER BY expires_at LIMIT 500)
            RETURNING session_id""");

    private static final String COLUMNS =
            "s.id, s.mount, s.user_id, s.started_at, s.last_used_at, s.expires_at, s.ended_at,"
                    + " s.ends_with_password, s.client";

    private final String template;

    SessionSql(String template) {
        this.template = template;
    }

    /** The statement for tables with these names. */
    String in(TableNames names) {
        return template.replace("%columns", COLUMNS)
                .replace("%sessions", names.table("sessions"))
                .replace("%tokens", names.table("session_tokens"))
                .replace("%ends", names.table("session_ends"));
    }
}
