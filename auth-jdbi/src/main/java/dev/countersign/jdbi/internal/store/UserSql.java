package dev.countersign.jdbi.internal.store;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.internal.folding.FoldedForms;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.user.UserProperties;
import dev.countersign.user.UserProperty;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Every statement about users, the same for all vendors. */
public enum UserSql {
    FIND_BY_ID("SELECT %columns FROM %users WHERE id = :id"),
    FIND_BY_UUID("SELECT %columns FROM %users WHERE uuid = :uuid"),
    FIND_BY_EMAIL("SELECT %columns FROM %users WHERE email_folded IN (:folded, :shared, :former)"),
    FIND_BY_USERNAME("SELECT %columns FROM %users WHERE username_folded IN (:folded, :shared, :former)"),

    INSERT("""
            INSERT INTO %users (uuid, email, email_folded, username, username_folded, username_number, status, attributes,
                password_hash, %properties, token_issued_at, stored_at, email_since, username_since, kept, origin_system, version)
            VALUES (:uuid, :email, :email_folded, :username, :username_folded, :username_number, :status, :attributes,
                :password_hash, %values, :token_issued_at, :stored_at, :email_since, :username_since, :kept, :origin_system, 1)
            ON CONFLICT DO NOTHING
            RETURNING %columns"""),
    UPDATE("""
            UPDATE %users SET %content
            WHERE id = :id AND version = :version
            RETURNING %columns"""),
    IMPORT("""
            UPDATE %users SET %content, %logins
            WHERE id = :id"""),
    REHASH("UPDATE %users SET password_hash = :replacement WHERE id = :id AND password_hash = :expected"),

    RECORD_LOGIN("""
            UPDATE %users SET previous_login_at = last_login_at, last_login_at = :at,
                token_issued_at = CASE WHEN token_issued_at > :token_issued_at THEN token_issued_at ELSE :token_issued_at END
            WHERE id = :id AND status = 'ACTIVE' AND password_changed_at IS NOT DISTINCT FROM CAST(:password_changed_at AS BIGINT)
            RETURNING %columns"""),

    DELETE("DELETE FROM %users WHERE id = :id"),

    CONTAINING("""
            SELECT %columns FROM %users
            WHERE id > :after AND (email_folded LIKE :part ESCAPE '!' OR username_folded LIKE :part ESCAPE '!')
            ORDER BY id LIMIT :limit"""),

    PAGE("SELECT %columns FROM %users WHERE id > :after ORDER BY id LIMIT :limit");

    private final String template;

    UserSql(String template) {
        this.template = template.replace("%columns", Fragment.COLUMNS).replace("%content", Fragment.CONTENT);
    }

    /** The statement for a table that stores these properties. */
    public String in(TableNames names, UserProperties properties) {
        return template.replace("%users", names.table("users"))
                .replace("%properties", list(properties, property -> true, UserProperty::name))
                .replace("%values", list(properties, property -> true, property -> ":" + property.name()))
                .replace("%changes", list(properties, property -> !property.isOfLogin(), UserSql::change))
                .replace("%logins", list(properties, UserProperty::isOfLogin, UserSql::change));
    }

    /** The columns of every statement that returns users, in their order. */
    static ImmutableList<String> columns(UserProperties properties) {
        String columns =
                Fragment.COLUMNS.replace("%properties", list(properties, property -> true, UserProperty::name));
        return ImmutableList.copyOf(Splitter.on(", ").split(columns));
    }

    private static String list(
            UserProperties properties, Predicate<UserProperty<?>> which, Function<UserProperty<?>, String> form) {
        return properties.all().stream().filter(which).map(form).collect(Collectors.joining(", "));
    }

    private static String change(UserProperty<?> property) {
        return property.name() + " = "
                + (property.equals(UserProperties.PASSWORD_CHANGED_AT) ? Fragment.DATED : ":" + property.name());
    }

    /** Fragments that several statements share; a class of its own, because an enum's constants cannot use its static fields. */
    private static final class Fragment {
        static final String COLUMNS =
                "id, uuid, email, username, username_number, status, attributes, password_hash, %properties,"
                        + " stored_at, email_since, username_since, kept,"
                        + " origin_system, version";

        /**
         * A user whose identifier does not change keeps its folded form, which may be any of those in {@link FoldedForms}.
         */
        static final String CONTENT = """
            email = :email,
                email_folded = CASE WHEN email = :email OR email_folded = :email_shared THEN email_folded ELSE :email_folded END,
                username = :username, username_folded = CASE WHEN username = :username OR username_folded = :username_shared
                    THEN username_folded ELSE :username_folded END,
                username_number = :username_number, status = :status, attributes = :attributes,
                password_hash = coalesce(:password_hash, password_hash), %changes,
                stored_at = :stored_at, email_since = :email_since, username_since = :username_since, kept = :kept,
                origin_system = :origin_system, version = version + 1""";

        /**
         * A new password's time is later than every token recorded before, and later than the second to which a token of the former password may be
         * rounded.
         */
        static final String DATED =
                """
            CASE
                    WHEN :password_hash IS NULL OR (coalesce(CAST(:password_changed_at AS BIGINT), 0) > token_issued_at
                        AND coalesce(CAST(:password_changed_at AS BIGINT), 0) > %second) THEN CAST(:password_changed_at AS BIGINT)
                    WHEN token_issued_at >= %second THEN token_issued_at + 1
                    ELSE %second + 1 END""".replace("%second", "((coalesce(password_changed_at, 0) + 999999) / 1000000 * 1000000)");
    }
}
