package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.AuthFault;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn.AttributeColumn;
import dev.countersign.jdbi.table.MappedColumn.Comparison;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.Event;
import dev.countersign.jdbi.table.MappedColumn.Kind;
import dev.countersign.jdbi.table.MappedColumn.StatusColumn;
import dev.countersign.jdbi.table.MappedColumn.TimeColumn;
import dev.countersign.jdbi.table.MappedColumn.Unit;
import dev.countersign.jdbi.table.TableMapping;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table as Rails and Devise make it: no UUID, no username, no version, no folded address. */
class ExistingTableTest {

    private static final String TABLE = """
            CREATE TABLE users (id %s, email VARCHAR(255) NOT NULL DEFAULT '', encrypted_password VARCHAR(255) NOT NULL DEFAULT '',
                first_name VARCHAR(255), can_receive_sms BOOLEAN NOT NULL DEFAULT %s, points INTEGER, state VARCHAR(20) NOT NULL,
                current_sign_in_at TIMESTAMP, last_sign_in_at TIMESTAMP, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL)
            """;

    // docs/storage.md shows this.
    private static final TableMapping DEVISE = TableMapping.of(
            "users",
            "id",
            "encrypted_password",
            new EmailColumn("email", Comparison.LOWER_CASE, null),
            new StatusColumn("state", "active", "blocked"),
            new AttributeColumn("first-name", "first_name", Kind.TEXT),
            new AttributeColumn("can-receive-sms", "can_receive_sms", Kind.BOOLEAN),
            new AttributeColumn("points", "points", Kind.NUMBER),
            new TimeColumn(Event.LAST_LOGIN, "current_sign_in_at", Unit.TIMESTAMP),
            new TimeColumn(Event.PREVIOUS_LOGIN, "last_sign_in_at", Unit.TIMESTAMP),
            new TimeColumn(Event.CREATED, "created_at", Unit.TIMESTAMP),
            new TimeColumn(Event.UPDATED_OR_CREATED, "updated_at", Unit.TIMESTAMP));

    private static final JsonObject HAN = JsonObject.EMPTY
            .with("first-name", new JsonString("Han"))
            .with("can-receive-sms", new JsonBoolean(true))
            .with("points", JsonNumber.of(7));

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_row_of_the_application_is_a_user(Vendor vendor) {
        Jdbi jdbi = withUsers(vendor);
        jdbi.useHandle(
                handle -> handle.execute(
                        "INSERT INTO users (email, encrypted_password, first_name, points, state, current_sign_in_at, created_at, updated_at)"
                                + " VALUES ('Han@Example.com', '$2a$10$x', 'Han', 7, 'active', '2019-03-19 16:56:21', '2014-02-11 07:19:55.123456', '2014-02-11 07:19:55.123456')"));
        UserStore users = JdbiAuthStores.over(jdbi).usersIn(DEVISE);
        User user = find(users, "HAN@example.com");
        assertThat(user.attributes()).isEqualTo(HAN);
        assertThat(user.status()).isEqualTo(UserStatus.ACTIVE);
        assertThat(user.createdAt()).isEqualTo("2014-02-11T07:19:55.123456Z");
        assertThat(user.lastLoginAt()).isEqualTo("2019-03-19T16:56:21Z");
        assertThat(user.previousLoginAt()).isNull();
        User now = users.recordLogin(Login.of(user, Samples.NOW)).orElseThrow();
        assertThat(now.lastLoginAt()).isEqualTo(Samples.NOW);
        assertThat(now.previousLoginAt()).isEqualTo("2019-03-19T16:56:21Z");
        assertThat(now.version()).isEqualTo(user.version());
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_user_of_ours_is_a_row_of_the_application(Vendor vendor) {
        Jdbi jdbi = withUsers(vendor);
        UserStore users = JdbiAuthStores.over(jdbi).usersIn(DEVISE);
        User user = Samples.stored(users.insert(han(HAN)));
        assertThat(users.insert(han(HAN))).isEqualTo(new StoreResult.Taken());
        assertThat(user.updatedAt()).isEqualTo(Samples.NOW);
        String created = jdbi.withHandle(handle -> handle.createQuery("SELECT created_at FROM users")
                .mapTo(String.class)
                .one());
        assertThat(created).isEqualTo("2024-02-29 12:34:56.123456");
        User disabled = Samples.stored(users.update(with(user, UserStatus.DISABLED, HAN), null));
        assertThat(disabled.status()).isEqualTo(UserStatus.DISABLED);
        assertThat(users.recordLogin(Login.of(user, Samples.NOW))).isEmpty();
        List<String> states = jdbi.withHandle(handle -> handle.createQuery("SELECT state FROM users")
                .mapTo(String.class)
                .list());
        assertThat(states).containsExactly("blocked");
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_change_by_the_application_is_noticed_without_a_version(Vendor vendor) {
        Jdbi jdbi = withUsers(vendor);
        UserStore users = JdbiAuthStores.over(jdbi).usersIn(DEVISE);
        User user = Samples.stored(users.insert(han(HAN)));
        users.recordLogin(Login.of(user, Samples.NOW));
        jdbi.useHandle(handle -> handle.execute("UPDATE users SET points = 8"));
        assertThat(users.update(with(user, UserStatus.DISABLED, HAN), null)).isEqualTo(new StoreResult.Stale());
        User now = find(users, "han@example.com");
        assertThat(users.update(with(now, UserStatus.DISABLED, now.attributes()), null))
                .isInstanceOf(StoreResult.Stored.class);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_uuid_is_made_of_the_number_and_leads_back_to_it(Vendor vendor) {
        UserStore users = JdbiAuthStores.over(withUsers(vendor)).usersIn(DEVISE);
        User user = Samples.stored(users.insert(han(HAN)));
        assertThat(user.uuid().version()).isEqualTo(8);
        assertThat(user.uuid().variant()).isEqualTo(2);
        assertThat(users.find(new UserKey.ByUuid(user.uuid())).orElseThrow().user())
                .isEqualTo(user);
        assertThat(users.find(new UserKey.ByUuid(new UUID(1, user.uuid().getLeastSignificantBits()))))
                .isEmpty();
    }

    @Test
    void what_no_column_would_keep_is_refused() {
        UserStore users = JdbiAuthStores.over(withUsers(Vendor.SQLITE)).usersIn(DEVISE);
        assertThatThrownBy(() -> users.insert(han(HAN.with("ship", new JsonString("Falcon")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ship");
        assertThatThrownBy(() -> users.insert(han(HAN.with("points", new JsonString("many")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("points");
        assertThatThrownBy(() -> users.insert(Samples.user())).isInstanceOf(IllegalArgumentException.class);
        assertThat(users.page(null, 10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_misspelt_column_is_refused_at_once(Vendor vendor) {
        JdbiAuthStores stores = JdbiAuthStores.over(withUsers(vendor));
        TableMapping misspelt = TableMapping.of(
                "users", "id", "encrypted_passwort", new EmailColumn("email", Comparison.AS_IT_IS, null));
        assertThatThrownBy(() -> stores.usersIn(misspelt))
                .isInstanceOf(AuthFault.class)
                .hasStackTraceContaining("encrypted_passwort");
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void an_application_s_transaction_spans_its_own_table_too(Vendor vendor) {
        Jdbi jdbi = withUsers(vendor);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        jdbi.useHandle(handle -> {
            handle.begin();
            UserStore users = stores.within(handle).usersIn(DEVISE);
            User user = Samples.stored(users.insert(han(HAN)));
            assertThat(users.insert(han(HAN))).isInstanceOf(StoreResult.Taken.class);
            assertThat(users.recordLogin(Login.of(user, Samples.NOW))).isPresent();
            handle.rollback();
        });
        assertThat(stores.usersIn(DEVISE).page(null, 10)).isEmpty();
    }

    private Jdbi withUsers(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        jdbi.useHandle(handle -> {
            handle.execute(
                    vendor == Vendor.SQLITE
                            ? TABLE.formatted("INTEGER PRIMARY KEY AUTOINCREMENT", "1")
                            : TABLE.formatted("SERIAL PRIMARY KEY", "true"));
            handle.execute("CREATE UNIQUE INDEX users_email ON users (lower(email))");
        });
        return jdbi;
    }

    private static User find(UserStore users, String email) {
        return users.find(new UserKey.ByEmail(Identifier.typed(email)))
                .orElseThrow()
                .user();
    }

    private static NewUser han(JsonObject attributes) {
        return new NewUser(
                UUID.randomUUID(),
                Identifier.email("han@example.com").orElseThrow(),
                null,
                UserStatus.ACTIVE,
                attributes,
                Samples.HASH,
                Samples.NOW);
    }

    private static User with(User user, UserStatus status, JsonObject attributes) {
        Instant now = Samples.NOW.plusSeconds(1);
        return user.toBuilder()
                .username(null)
                .status(status)
                .attributes(attributes)
                .updatedAt(now)
                .build();
    }
}
