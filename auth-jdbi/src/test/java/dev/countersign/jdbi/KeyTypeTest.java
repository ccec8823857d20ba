package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn;
import dev.countersign.jdbi.table.MappedColumn.AttributeColumn;
import dev.countersign.jdbi.table.MappedColumn.Comparison;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.Kind;
import dev.countersign.jdbi.table.MappedColumn.OtherAttributesColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.table.MappedColumn.UuidColumn;
import dev.countersign.jdbi.table.TableMapping;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.port.UserStore;
import dev.countersign.user.NewUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.nio.file.Path;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the key of an application's table may be, and null in its columns. */
@Tag("slow")
class KeyTypeTest {

    private static final EmailColumn EMAIL = new EmailColumn("email", Comparison.LOWER_CASE, null);
    private static final UsernameColumn USERNAME = new UsernameColumn("username", Comparison.LOWER_CASE, null);
    private static final AttributeColumn CODE = new AttributeColumn("code", "code", Kind.TEXT);
    private static final OtherAttributesColumn MORE = new OtherAttributesColumn("more");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "SQLITE,INTEGER PRIMARY KEY",
        "SQLITE,INTEGER PRIMARY KEY AUTOINCREMENT",
        "POSTGRESQL,SMALLSERIAL PRIMARY KEY",
        "POSTGRESQL,SERIAL PRIMARY KEY",
        "POSTGRESQL,BIGSERIAL PRIMARY KEY",
        "POSTGRESQL,INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    })
    void a_number_is_an_integer_of_any_size(Vendor vendor, String type) {
        Jdbi jdbi = with(vendor, "id " + type);
        UserStore users = JdbiAuthStores.over(jdbi).usersIn(mapping("id"));
        User user = Samples.stored(users.insert(user(JsonObject.EMPTY)));
        assertThat(users.find(new UserKey.ById(user.id())).orElseThrow().user()).isEqualTo(user);
        assertThat(users.find(new UserKey.ById(new UserId(Long.MAX_VALUE)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE,TEXT PRIMARY KEY",
        "SQLITE,VARCHAR(26) PRIMARY KEY",
        "SQLITE,CHAR(36) PRIMARY KEY",
        "SQLITE,UUID PRIMARY KEY",
        "SQLITE,BLOB PRIMARY KEY",
        "SQLITE,REAL PRIMARY KEY",
        "POSTGRESQL,TEXT PRIMARY KEY",
        "POSTGRESQL,VARCHAR(26) PRIMARY KEY",
        "POSTGRESQL,UUID PRIMARY KEY DEFAULT gen_random_uuid()",
        "POSTGRESQL,BYTEA PRIMARY KEY",
        "POSTGRESQL,NUMERIC PRIMARY KEY",
    })
    void a_key_that_is_no_integer_is_refused_at_once(Vendor vendor, String type) {
        JdbiAuthStores stores = JdbiAuthStores.over(with(vendor, "id " + type));
        assertThatThrownBy(() -> stores.usersIn(mapping("id")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("column id of users", "no smallint, integer or bigint", "docs/storage.md");
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE,TEXT NOT NULL UNIQUE",
        "SQLITE,CHAR(36) NOT NULL UNIQUE",
        "POSTGRESQL,UUID PRIMARY KEY",
        "POSTGRESQL,TEXT PRIMARY KEY",
        "POSTGRESQL,VARCHAR(36) PRIMARY KEY",
    })
    void a_key_that_is_a_uuid_has_a_number_beside_it(Vendor vendor, String type) {
        Jdbi jdbi = with(vendor, "id " + type + ", " + number(vendor));
        UserStore users = JdbiAuthStores.over(jdbi).usersIn(mapping("number", new UuidColumn("id")));
        NewUser given = user(JsonObject.EMPTY);
        User user = Samples.stored(users.insert(given));
        assertThat(user.uuid()).isEqualTo(given.uuid());
        assertThat(users.find(new UserKey.ByUuid(given.uuid())).orElseThrow().user())
                .isEqualTo(user);
        String key = jdbi.withHandle(handle ->
                handle.createQuery("SELECT id FROM users").mapTo(String.class).one());
        assertThat(key).isEqualTo(given.uuid().toString());
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_key_that_is_a_text_is_an_attribute_beside_the_number(Vendor vendor) {
        String key = vendor == Vendor.SQLITE ? "id TEXT NOT NULL UNIQUE" : "id TEXT PRIMARY KEY";
        UserStore users = JdbiAuthStores.over(with(vendor, key + ", " + number(vendor)))
                .usersIn(mapping("number", new AttributeColumn("customer", "id", Kind.TEXT)));
        JsonObject attributes = JsonObject.EMPTY.with("customer", new JsonString("C-2024-00017"));
        User user = Samples.stored(users.insert(user(attributes)));
        assertThat(user.attributes()).isEqualTo(attributes);
        assertThat(users.page(null, 10)).containsExactly(user);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void null_is_kept_beside_a_null_column(Vendor vendor) {
        Jdbi jdbi = with(vendor, number(vendor));
        UserStore users = JdbiAuthStores.over(jdbi).usersIn(mapping("number", CODE, MORE));
        JsonObject attributes = JsonObject.EMPTY.with("code", JsonNull.NULL);
        User user = Samples.stored(users.insert(user(attributes)));
        assertThat(user.attributes()).isEqualTo(attributes);
        // The application writes its column and knows nothing of the other one.
        jdbi.useHandle(handle -> handle.execute("UPDATE users SET code = 'x'"));
        assertThat(users.page(null, 1).get(0).attributes())
                .isEqualTo(JsonObject.EMPTY.with("code", new JsonString("x")));
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void null_is_kept_in_a_column_of_json(Vendor vendor) {
        UserStore users = JdbiAuthStores.over(with(vendor, number(vendor)))
                .usersIn(mapping("number", new AttributeColumn("any", "code", Kind.JSON)));
        JsonObject attributes = JsonObject.EMPTY.with("any", JsonNull.NULL);
        assertThat(Samples.stored(users.insert(user(attributes))).attributes()).isEqualTo(attributes);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void without_a_place_for_it_null_is_absent(Vendor vendor) {
        UserStore users = JdbiAuthStores.over(with(vendor, number(vendor))).usersIn(mapping("number", CODE));
        User user = Samples.stored(users.insert(user(JsonObject.EMPTY.with("code", JsonNull.NULL))));
        assertThat(user.attributes()).isEqualTo(JsonObject.EMPTY);
    }

    private static TableMapping mapping(String id, MappedColumn... more) {
        return new TableMapping(
                "users",
                id,
                "hash",
                ImmutableList.<MappedColumn>builder()
                        .add(EMAIL, USERNAME)
                        .add(more)
                        .build());
    }

    private Jdbi with(Vendor vendor, String columns) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        jdbi.useHandle(handle -> handle.execute(
                "CREATE TABLE users (" + columns + ", email TEXT, username TEXT, hash TEXT, code TEXT, more TEXT)"));
        return jdbi;
    }

    private static String number(Vendor vendor) {
        return vendor == Vendor.SQLITE
                ? "number INTEGER PRIMARY KEY AUTOINCREMENT"
                : "number BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE";
    }

    private static NewUser user(JsonObject attributes) {
        NewUser user = Samples.user();
        return new NewUser(
                UUID.randomUUID(),
                user.email(),
                user.username(),
                UserStatus.ACTIVE,
                attributes,
                Samples.HASH,
                Samples.NOW);
    }
}
