package dev.countersign.jdbi;

/** Every statement about users, the same for all vendors. */
enum UserSql {
    FIND_BY_ID("SELECT %columns FROM %users WHERE id = :id"),
    FIND_BY_UUID("SELECT %columns FROM %users WHERE uuid = :uuid"),
    FIND_BY_EMAIL("SELECT %columns FROM %users WHERE email_folded IN (:folded, :shared, :former)"),
    FIND_BY_USERNAME("SELECT %columns FROM %users WHERE username_folded IN (:folded, :shared, :former)"),

    INSERT("""
            INSERT INTO %users (uuid, email, email_folded, username, username_folded, username_number, status, attributes,
                password_hash, created_at, version)
            VALUES (:uuid, :email, :email_folded, :username, :username_folded, :username_number, :status, :attributes,
                :password_hash, :created_at, 1)
            ON CONFLICT DO NOTHING
            RETURNING %columns"""),

    // Whoever keeps an identifier keeps its folded form, which may be one of those that FoldedForms knows.
    UPDATE("""
            UPDATE %users SET email = :email,
                email_folded = CASE WHEN email = :email OR email_folded = :email_shared THEN email_folded
                    ELSE :email_folded END,
                username = :username, username_folded = CASE WHEN username = :username OR username_folded = :username_shared
                    THEN username_folded ELSE :username_folded END,
                username_number = :username_number, status = :status,
                attributes = :attributes, password_hash = coalesce(:password_hash, password_hash), created_at = :created_at,
                updated_at = :updated_at, password_changed_at = :password_changed_at, version = version + 1
            WHERE id = :id AND version = :version
            RETURNING %columns"""),

    IMPORT("""
            UPDATE %users SET email = coalesce(:email, email),
                email_folded = CASE WHEN email = :email OR email_folded = :email_shared THEN email_folded
                    ELSE coalesce(:email_folded, email_folded) END,
                username = coalesce(:username, username),
                username_folded = CASE WHEN username = :username OR username_folded = :username_shared THEN username_folded
                    ELSE coalesce(:username_folded, username_folded) END,
                username_number = coalesce(:username_number, username_number), status = coalesce(:status, status),
                attributes = coalesce(:attributes, attributes), password_hash = coalesce(:password_hash, password_hash),
                created_at = coalesce(:created_at, created_at), updated_at = coalesce(:updated_at, CAST(:now AS BIGINT)),
                last_login_at = coalesce(:last_login_at, last_login_at),
                previous_login_at = coalesce(:previous_login_at, previous_login_at),
                password_changed_at = coalesce(:password_changed_at,
                    CASE WHEN :password_hash IS NULL OR :password_hash = password_hash THEN password_changed_at
                        ELSE CAST(:now AS BIGINT) END),
                version = version + 1
            WHERE id = :id"""),

    REHASH("UPDATE %users SET password_hash = :replacement WHERE id = :id AND password_hash = :expected"),

    RECORD_LOGIN("""
            UPDATE %users SET previous_login_at = last_login_at, last_login_at = :now
            WHERE id = :id AND status = 'ACTIVE'
            RETURNING %columns"""),

    DELETE("DELETE FROM %users WHERE id = :id"),

    PAGE("SELECT %columns FROM %users WHERE id > :after ORDER BY id LIMIT :limit");

    private static final String COLUMNS =
            "id, uuid, email, username, username_number, status, attributes, password_hash, created_at, updated_at,"
                    + " last_login_at, previous_login_at, password_changed_at, version";

    private final String template;

    UserSql(String template) {
        this.template = template.replace("%columns", COLUMNS);
    }

    String in(TableNames names) {
        return template.replace("%users", names.table("users"));
    }
}
