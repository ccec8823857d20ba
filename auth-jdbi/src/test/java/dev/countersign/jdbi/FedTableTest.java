package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn.Comparison;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.TableMapping;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.UserChanges.Changes;
import dev.countersign.port.UserChanges.Listener;
import dev.countersign.port.UserStore;
import dev.countersign.port.UserStore.Gap;
import dev.countersign.user.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table of an application with the trigger of docs/storage.md. */
@Tag("slow")
class FedTableTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final TableMapping MEMBERS =
            TableMapping.of("members", "id", "password", new EmailColumn("email", Comparison.LOWER_CASE, null));

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void changes_of_the_application_are_reported(Vendor vendor) {
        Jdbi jdbi = withMembers(vendor);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        triggers(vendor).forEach(trigger -> jdbi.useHandle(handle -> handle.execute(trigger)));
        UserStore users = stores.usersIn(MEMBERS.feedingChanges());
        assertThat(users.gaps()).doesNotContain(Gap.UNFED_CHANGES);
        try (Listener listener = stores.changes().listen()) {
            execute(
                    jdbi,
                    "INSERT INTO members (email, password) VALUES ('han@example.com', 'x'), ('leia@example.com', 'y')");
            execute(jdbi, "UPDATE members SET last_seen = 1");
            assertThat(listener.next(SHORT)).isEqualTo(Changes.NONE);
            execute(jdbi, "UPDATE members SET email = 'solo@example.com' WHERE id = 1");
            assertThat(listener.next(LONG).users()).containsExactly(new UserId(1));
            users.delete(new UserId(2));
            assertThat(listener.next(LONG).users()).containsExactly(new UserId(2));
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_table_without_the_trigger_is_refused_if_it_is_said_to_have_one(Vendor vendor) {
        Jdbi jdbi = withMembers(vendor);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        assertThat(stores.usersIn(MEMBERS).gaps()).contains(Gap.UNFED_CHANGES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stores.usersIn(MEMBERS.feedingChanges()))
                .withMessageContaining("members has no trigger that inserts into auth_changes");
        triggers(vendor).forEach(trigger -> jdbi.useHandle(handle -> handle.execute(trigger)));
        JdbiAuthStores other = stores.named(new TableNames(null, "sso_"));
        other.migrate();
        assertThatIllegalArgumentException().isThrownBy(() -> other.usersIn(MEMBERS.feedingChanges()));
    }

    @Test
    void a_table_in_another_schema_names_that_of_the_changes() {
        Jdbi jdbi = Samples.fresh(Vendor.POSTGRESQL, folder);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        execute(jdbi, "CREATE SCHEMA shop");
        execute(jdbi, "CREATE TABLE shop.members (id BIGINT PRIMARY KEY, email TEXT, password TEXT)");
        execute(
                jdbi,
                "CREATE TRIGGER members_changed AFTER UPDATE ON shop.members"
                        + " FOR EACH ROW EXECUTE FUNCTION auth_changes_report('id', 'public')");
        execute(jdbi, "INSERT INTO shop.members VALUES (9, 'han@example.com', 'x')");
        TableMapping mapping = TableMapping.of(
                "shop.members", "id", "password", new EmailColumn("email", Comparison.LOWER_CASE, null));
        assertThat(stores.usersIn(mapping.feedingChanges()).gaps()).doesNotContain(Gap.UNFED_CHANGES);
        try (Listener listener = stores.changes().listen()) {
            execute(jdbi, "UPDATE shop.members SET password = 'z'");
            assertThat(listener.next(LONG).users()).containsExactly(new UserId(9));
        }
    }

    private static List<String> triggers(Vendor vendor) {
        return switch (vendor) {
            case SQLITE ->
                List.of(
                        "CREATE TRIGGER members_changed AFTER UPDATE OF id, email, password ON members"
                                + " BEGIN INSERT INTO auth_changes (user_id) VALUES (OLD.id); END",
                        "CREATE TRIGGER members_deleted AFTER DELETE ON members"
                                + " BEGIN INSERT INTO auth_changes (user_id) VALUES (OLD.id); END");
            case POSTGRESQL ->
                List.of("CREATE TRIGGER members_changed AFTER DELETE OR UPDATE OF id, email, password ON members"
                        + " FOR EACH ROW EXECUTE FUNCTION auth_changes_report('id')");
        };
    }

    private Jdbi withMembers(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        String number = switch (vendor) {
            case SQLITE -> "INTEGER PRIMARY KEY AUTOINCREMENT";
            case POSTGRESQL -> "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY";
        };
        execute(jdbi, "CREATE TABLE members (id " + number + ", email TEXT, password TEXT, last_seen BIGINT)");
        execute(jdbi, "CREATE UNIQUE INDEX members_email ON members (lower(email))");
        return jdbi;
    }

    private static void execute(Jdbi jdbi, String sql) {
        jdbi.useHandle(handle -> handle.execute(sql));
    }
}
