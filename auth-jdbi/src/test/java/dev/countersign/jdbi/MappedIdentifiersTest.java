package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn.Comparison;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.table.TableMapping;
import dev.countersign.json.JsonObject;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of an application that have no folded column: the database compares, and nobody is taken for another one. */
class MappedIdentifiersTest {

    @TempDir
    Path folder;

    private Jdbi jdbi;

    static Stream<Arguments> tables() {
        return Stream.of(Vendor.values())
                .flatMap(vendor -> Stream.of(
                        Arguments.of(vendor, Comparison.LOWER_CASE, ""),
                        Arguments.of(vendor, Comparison.AS_IT_IS, ""),
                        Arguments.of(vendor, Comparison.AS_IT_IS, ignoringCase(vendor))));
    }

    private static String ignoringCase(Vendor vendor) {
        return vendor == Vendor.SQLITE ? " COLLATE NOCASE" : " COLLATE ignoring_case";
    }

    @ParameterizedTest
    @MethodSource("tables")
    void no_two_users_are_stored_whose_identifiers_are_equal(Vendor vendor, Comparison comparison, String collation) {
        UserStore users = table(vendor, comparison, collation);
        assertThat(insert(users, "Ada@Example.com")).isInstanceOf(StoreResult.Stored.class);
        assertThat(insert(users, "ada@example.com")).isEqualTo(new StoreResult.Taken());
        assertThat(insert(users, "ADA@ＥＸＡＭＰＬＥ.com")).isEqualTo(new StoreResult.Taken());
        assertThat(insert(users, "ada@example.com.")).isEqualTo(new StoreResult.Taken());
        assertThat(insert(users, "anna@xn--mnchen-3ya.example")).isInstanceOf(StoreResult.Stored.class);
        assertThat(insert(users, "ANNA@MÜNCHEN。example")).isEqualTo(new StoreResult.Taken());
        assertThat(insert(users, "ZOË@example.com")).isInstanceOf(StoreResult.Stored.class);
        assertThat(insert(users, "zoe\u0308@example.com")).isEqualTo(new StoreResult.Taken());
        assertThat(find(users, "Zoë@EXAMPLE.com")).isPresent();
        assertThat(find(users, "zoe@example.com")).isEmpty();
        assertThat(find(users, "anna@münchen.example")).isPresent();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void what_the_database_would_not_find_again_is_not_accepted(
            Vendor vendor, Comparison comparison, String collation) {
        UserStore users = table(vendor, comparison, collation);
        UserKey key = new UserKey.ByEmail(Identifier.email("straße@example.com").orElseThrow());
        assertThat(users.accepts(key)).isFalse();
        assertThat(users.accepts(
                        new UserKey.ByUsername(Identifier.username("Ανδρέας").orElseThrow())))
                .isFalse();
        assertThat(users.accepts(
                        new UserKey.ByUsername(Identifier.username("André").orElseThrow())))
                .isTrue();
        assertThatThrownBy(() -> insert(users, "straße@example.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("email")
                .hasMessageNotContaining("straße");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void a_row_of_the_application_is_found_by_what_it_has_and_can_be_changed(
            Vendor vendor, Comparison comparison, String collation) {
        UserStore users = table(vendor, comparison, collation);
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO members (email, login) VALUES ('Straße@example.com', 'ΌΣΟΣ'), ('Ann@example.com', NULL)"));
        User found = find(users, "Straße@example.com").orElseThrow().user();
        assertThat(users.find(new UserKey.ByUsername(Identifier.typed("ΌΣΟΣ")))).isPresent();
        assertThat(Samples.stored(users.update(found, Samples.HASH)).email()).hasToString("Straße@example.com");
        assertThat(find(users, "Ann@example.com")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void of_two_rows_that_differ_in_case_the_one_that_was_typed_is_found_or_nobody(Vendor vendor) {
        UserStore users = table(vendor, Comparison.LOWER_CASE, "");
        jdbi.useHandle(handle ->
                handle.execute("INSERT INTO members (email) VALUES ('Ann@example.com'), ('ann@example.com')"));
        assertThat(find(users, "Ann@example.com").orElseThrow().user().email()).hasToString("Ann@example.com");
        assertThat(find(users, "ann@example.com").orElseThrow().user().email()).hasToString("ann@example.com");
        assertThat(find(users, "ANN@example.com")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_column_whose_collation_ignores_more_than_we_do_lets_nobody_in_as_another(Vendor vendor) {
        String collation = vendor == Vendor.SQLITE ? " COLLATE RTRIM" : " COLLATE ignoring_accents";
        UserStore users = table(vendor, Comparison.AS_IT_IS, collation);
        String other = vendor == Vendor.SQLITE ? "zoe" : "zoë";
        jdbi.useHandle(handle ->
                handle.execute("INSERT INTO members (login) VALUES (?)", vendor == Vendor.SQLITE ? "zoe  " : "zoe"));
        assertThat(users.find(new UserKey.ByUsername(Identifier.typed(other))))
                .isEqualTo(
                        vendor == Vendor.SQLITE
                                ? users.find(new UserKey.ByUsername(Identifier.typed("zoe")))
                                : Optional.empty());
        assertThat(users.find(new UserKey.ByUsername(Identifier.typed("zoé")))).isEmpty();
    }

    private static Optional<StoredUser> find(UserStore users, String email) {
        return users.find(new UserKey.ByEmail(Identifier.typed(email)));
    }

    private static StoreResult insert(UserStore users, String email) {
        return users.insert(new NewUser(
                UUID.randomUUID(),
                Identifier.email(email).orElseThrow(),
                null,
                UserStatus.ACTIVE,
                JsonObject.EMPTY,
                Samples.HASH,
                Samples.NOW));
    }

    private UserStore table(Vendor vendor, Comparison comparison, String collation) {
        jdbi = Samples.fresh(vendor, folder);
        String id = vendor == Vendor.SQLITE
                ? "INTEGER PRIMARY KEY AUTOINCREMENT"
                : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
        jdbi.useHandle(handle -> {
            if (vendor == Vendor.POSTGRESQL) {
                handle.execute("CREATE COLLATION ignoring_case (provider = icu, locale = 'und-u-ks-level2',"
                        + " deterministic = false)");
                handle.execute("CREATE COLLATION ignoring_accents (provider = icu, locale = 'und-u-ks-level1',"
                        + " deterministic = false)");
            }
            handle.execute("CREATE TABLE members (id " + id + ", email VARCHAR(400)" + collation
                    + ", login VARCHAR(400)" + collation + ", digest TEXT)");
        });
        return JdbiAuthStores.over(jdbi)
                .usersIn(TableMapping.of(
                        "members",
                        "id",
                        "digest",
                        new EmailColumn("email", comparison, null),
                        new UsernameColumn("login", comparison, null)));
    }
}
