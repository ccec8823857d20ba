package dev.countersign.jdbi;

import dev.countersign.AuthFault;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Rows to users and back. */
final class UserRow implements RowMapper<StoredUser> {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    @Override
    public StoredUser map(ResultSet row, StatementContext context) throws SQLException {
        long id = row.getLong("id");
        try {
            String hash = row.getString("password_hash");
            return new StoredUser(user(id, row), hash == null ? null : PasswordHash.of(hash));
        } catch (IllegalArgumentException notOurs) {
            throw new AuthFault("the stored user " + id + " cannot be read", notOurs);
        }
    }

    private static User user(long id, ResultSet row) throws SQLException {
        return new User(
                new UserId(id),
                UUID.fromString(row.getString("uuid")),
                identifier(row.getString("email"), false),
                identifier(row.getString("username"), row.getInt("username_number") == 1),
                UserStatus.valueOf(row.getString("status")),
                AttributeText.read(row.getString("attributes")),
                instant(row.getLong("created_at")),
                instant(row, "updated_at"),
                instant(row, "last_login_at"),
                instant(row, "previous_login_at"),
                instant(row, "password_changed_at"),
                row.getLong("version"));
    }

    private static @Nullable Identifier identifier(@Nullable String text, boolean number) {
        if (text == null) {
            return null;
        }
        return number ? Identifier.username(Long.parseLong(text)) : Identifier.typed(text);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : instant(micros);
    }

    static <S extends SqlStatement<S>> S bind(S statement, NewUser user, Vendor vendor) {
        statement.bind("uuid", vendor.uuid(user.uuid())).bind("created_at", micros(user.createdAt()));
        return bind(statement, user.email(), user.username(), user.status(), user.attributes(), user.hash());
    }

    static <S extends SqlStatement<S>> S bind(S statement, User user, @Nullable PasswordHash hash) {
        statement
                .bind("id", user.id().value())
                .bind("version", user.version())
                .bind("created_at", micros(user.createdAt()))
                .bind("updated_at", micros(user.updatedAt()))
                .bind("password_changed_at", micros(user.passwordChangedAt()));
        return bind(statement, user.email(), user.username(), user.status(), user.attributes(), hash);
    }

    static <S extends SqlStatement<S>> S bind(S statement, long id, ImportedUser user, Instant now) {
        for (BulkColumn column : EnumSet.complementOf(
                EnumSet.of(BulkColumn.ID, BulkColumn.UUID, BulkColumn.VERSION, BulkColumn.PASSWORD_HASH))) {
            statement.bindByType(column.column(), column.ifSaid(user), column.javaType());
        }
        statement.bind("password_hash", new HiddenHash(user.hash()));
        return statement.bind("id", id).bind("now", micros(now));
    }

    static <S extends SqlStatement<S>> S bind(S statement, @Nullable Identifier email, @Nullable Identifier username) {
        return statement
                .bind("email_folded", email == null ? null : email.folded())
                .bind("username_folded", username == null ? null : username.folded());
    }

    private static <S extends SqlStatement<S>> S bind(
            S statement,
            @Nullable Identifier email,
            @Nullable Identifier username,
            UserStatus status,
            JsonObject attributes,
            @Nullable PasswordHash hash) {
        bind(statement, email, username)
                .bind("email", email == null ? null : email.text())
                .bind("username", username == null ? null : username.text())
                .bind("username_number", username != null && username.isNumber() ? 1 : 0)
                .bind("status", status.name())
                .bind("attributes", AttributeText.write(attributes));
        return statement.bind("password_hash", new HiddenHash(hash));
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    // Not ChronoUnit.MICROS.between, which counts nanoseconds first and so ends in the year 2262.
    static @Nullable Long micros(@Nullable Instant instant) {
        return instant == null
                ? null
                : Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
                        instant.getNano() / NANOS_PER_MICRO);
    }
}
