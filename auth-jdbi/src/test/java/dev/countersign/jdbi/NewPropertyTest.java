package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.internal.row.UserRow;
import dev.countersign.jdbi.internal.bulk.BulkStores;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.LentConnections;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.internal.store.OwnTable;
import dev.countersign.jdbi.internal.store.UserTable;
import dev.countersign.jdbi.table.MappedColumn;
import dev.countersign.jdbi.table.MappedColumn.PropertyColumn;
import dev.countersign.jdbi.table.MappedColumn.Unit;
import dev.countersign.jdbi.table.TableMapping;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.json.JsonObject;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.PropertyValues;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserProperties;
import dev.countersign.user.UserProperty;
import dev.countersign.user.UserStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What it takes to give users one more value: a line in the table of properties, and a column. */
class NewPropertyTest {

    private static final UserProperty<String> PHONE = UserProperty.text("phone");
    private static final UserProperty<Instant> BORN = UserProperty.time("born_at");
    private static final UserProperties PROPERTIES =
            UserProperties.KNOWN.plus(PHONE).plus(BORN);
    private static final Instant BIRTH = Instant.parse("1942-07-13T01:02:03.000004Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void our_table_keeps_it(Vendor vendor) {
        Jdbi jdbi = migrated(vendor);
        UserStore users = OwnTable.users(database(jdbi), table());

        User added = Samples.stored(users.insert(han()));
        assertThat(added.get(PHONE)).isEqualTo("+1 (2)");
        assertThat(added.get(BORN)).isEqualTo(BIRTH);

        User changed = Samples.stored(users.update(
                added.toBuilder().set(PHONE, "ünï 3").set(BORN, null).build(), null));
        assertThat(changed.get(PHONE)).isEqualTo("ünï 3");
        assertThat(changed.get(BORN)).isNull();
        assertThat(users.recordLogin(Login.of(changed, Samples.NOW))
                        .orElseThrow()
                        .get(PHONE))
                .isEqualTo("ünï 3");
        assertThat(users.page(null, 10)).extracting(user -> user.get(PHONE)).containsExactly("ünï 3");
        assertThat(OwnTable.scan(database(jdbi), table()).page(0, 10))
                .allSatisfy(row -> assertThat(row.flaw()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_store_that_does_not_know_it_leaves_it_alone(Vendor vendor) {
        Jdbi jdbi = migrated(vendor);
        UserStore users = OwnTable.users(database(jdbi), table());
        User han = Samples.stored(users.insert(han()));
        UserStore former = JdbiAuthStores.over(jdbi).users();

        User read = former.find(new UserKey.ById(han.id())).orElseThrow().user();
        assertThat(read.get(PHONE)).isNull();
        Samples.stored(former.update(Samples.renamed(read, "solo@example.com"), null));

        User after = users.find(new UserKey.ById(han.id())).orElseThrow().user();
        assertThat(after.get(PHONE)).isEqualTo("+1 (2)");
        assertThat(after.email()).hasToString("solo@example.com");
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void an_import_stores_and_changes_it(Vendor vendor) {
        BulkUserStore users = BulkStores.users(database(migrated(vendor)), table());
        ImportedUser.Builder han = ImportedUser.builder(new UUID(1, 1))
                .email(Identifier.email("han@example.com").orElseThrow());

        try (BulkUserStore.Rehearsal rehearsal = users.rehearse()) {
            assertThat(rehearsal.store(
                            List.of(han.set(PHONE, "1").set(BORN, BIRTH).build()), OnExisting.UPDATE))
                    .containsExactly(ImportResult.ADDED);
        }
        assertThat(users.store(List.of(han.build()), OnExisting.UPDATE, Samples.NOW))
                .containsExactly(ImportResult.ADDED);
        assertThat(only(users).get(PHONE)).isEqualTo("1");
        assertThat(only(users).get(BORN)).isEqualTo(BIRTH);

        // What an import does not say stays.
        users.store(List.of(han.set(PHONE, "2").set(BORN, null).build()), OnExisting.UPDATE, Samples.NOW);
        assertThat(only(users).get(PHONE)).isEqualTo("2");
        assertThat(only(users).get(BORN)).isEqualTo(BIRTH);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_mapped_table_keeps_it(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        Members.create(jdbi, vendor);
        jdbi.useHandle(handle -> {
            handle.execute("ALTER TABLE \"Club Members\" ADD COLUMN \"Phone No\" TEXT");
            handle.execute("ALTER TABLE \"Club Members\" ADD COLUMN born TIMESTAMP");
        });
        UserStore users = JdbiAuthStores.over(jdbi)
                .usersIn(TableMapping.of(
                        Members.MAPPING.table(),
                        Members.MAPPING.id(),
                        Members.MAPPING.hash(),
                        Stream.concat(
                                        Members.MAPPING.columns().stream(),
                                        Stream.of(
                                                new PropertyColumn(PHONE, "Phone No", Unit.TIMESTAMP),
                                                new PropertyColumn(BORN, "born", Unit.TIMESTAMP)))
                                .toArray(MappedColumn[]::new)));

        User added = Samples.stored(users.insert(han()));
        assertThat(added.get(PHONE)).isEqualTo("+1 (2)");
        assertThat(added.get(BORN)).isEqualTo(BIRTH);

        User changed =
                Samples.stored(users.update(added.toBuilder().set(PHONE, null).build(), null));
        assertThat(changed.get(PHONE)).isNull();
        assertThat(changed.get(BORN)).isEqualTo(BIRTH);
    }

    @Test
    void a_row_of_somebody_s_own_table_has_it_as_a_plain_value() {
        Map<String, @Nullable Object> row = new HashMap<>(UserRow.of(han()));
        assertThat(row).containsEntry("phone", "+1 (2)");
        row.put("id", 1L);
        row.put("version", 1L);

        assertThat(UserRow.read(row::get, PROPERTIES).user().get(PHONE)).isEqualTo("+1 (2)");
        assertThat(UserRow.read(row::get).user().get(PHONE)).isNull();
    }

    private static NewUser han() {
        return new NewUser(
                new UUID(1, 1),
                Identifier.email("han@example.com").orElseThrow(),
                null,
                UserStatus.ACTIVE,
                JsonObject.EMPTY,
                null,
                Samples.NOW,
                new PropertyValues.Builder()
                        .set(PHONE, "+1 (2)")
                        .set(BORN, BIRTH)
                        .build());
    }

    private static User only(BulkUserStore users) {
        assertThat(users.page(null, 10)).hasSize(1);
        return users.page(null, 10).get(0).user();
    }

    private Jdbi migrated(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        JdbiAuthStores.over(jdbi).migrate();
        jdbi.useHandle(handle -> {
            handle.execute("ALTER TABLE auth_users ADD COLUMN phone TEXT");
            handle.execute(
                    "ALTER TABLE auth_users ADD COLUMN born_at " + (vendor == Vendor.SQLITE ? "INTEGER" : "BIGINT"));
        });
        return jdbi;
    }

    private static Database database(Jdbi jdbi) {
        return Database.over(new LentConnections(jdbi), Duration.ofSeconds(5));
    }

    private static UserTable table() {
        return UserTable.of(TableNames.STANDARD, PROPERTIES);
    }
}
