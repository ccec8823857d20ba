package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.AuthFault;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.NewUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database of schema version 1, made by the release that had it (see upgrade/README.md), under this release. */
class UpgradeTest {

    private static final BcryptPasswordHasher HASHER = new BcryptPasswordHasher(10, new SecureRandom());
    private static final Path MADE_BEFORE = Path.of("src/test/resources/upgrade/v1.db");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void everybody_logs_in_by_what_they_registered(Vendor vendor) throws IOException {
        Jdbi jdbi = before(vendor);
        List<Map<String, Object>> before = rows(jdbi);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        assertThat(stores.schemaStatus().state()).isEqualTo(SchemaState.CURRENT);
        assertThat(before).hasSize(23).allSatisfy(row -> {
            long id = ((Number) row.get("id")).longValue();
            for (UserKey key : keys(row)) {
                StoredUser found = stores.users().find(key).orElseThrow();
                assertThat(found.user().id()).isEqualTo(new UserId(id));
                assertThat(verifies(found, "the password of user " + id)).isTrue();
                assertThat(Optional.ofNullable(found.user().email()).map(Identifier::text))
                        .isEqualTo(Optional.ofNullable((String) row.get("email")));
            }
        });
        assertThat(rows(jdbi)).hasSize(23);
    }

    private static List<UserKey> keys(Map<String, Object> row) {
        List<UserKey> keys = new ArrayList<>();
        if (row.get("email") instanceof String email) {
            keys.add(new UserKey.ByEmail(Identifier.typed(email)));
            keys.add(new UserKey.ByEmail(Identifier.typed(email.replace("anna", "ANNA"))));
        }
        if (row.get("username") instanceof String username) {
            keys.add(new UserKey.ByUsername(Identifier.typed(username)));
        }
        return keys;
    }

    private static boolean verifies(StoredUser found, String text) {
        try (RawPassword password = RawPassword.of(text)) {
            return HASHER.verify(password, found.hash());
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void nobody_can_take_what_became_equal(Vendor vendor) throws IOException {
        UserStore users = upgraded(vendor).users();
        for (String email : List.of(
                "anna@münchen.example",
                "anna@xn--mnchen-3ya.example",
                "ANNA@MÜNCHEN。example",
                "carl@münchen.example",
                "dora@xn--strae-oqa.example",
                "eve@example.com",
                "bob@EXAMPLE.com",
                "max@xn--r8jz45g.xn--zckzah")) {
            assertThat(users.insert(user(email))).as(email).isEqualTo(new StoreResult.Taken());
            assertThat(users.find(email(email))).as(email).isPresent();
        }
        // Another domain, in which ß is a letter of its own.
        assertThat(users.insert(user("dora@strasse.example"))).isInstanceOf(StoreResult.Stored.class);
        assertThat(users.insert(user("p2@example.com"))).isInstanceOf(StoreResult.Stored.class);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void equal_identifiers_are_reported(Vendor vendor) throws IOException {
        List<String> found = new ArrayList<>();
        upgraded(vendor)
                .checkIdentifiers(problem -> found.add(problem.user() + " " + problem.identifier() + " = "
                        + problem.other().orElseThrow() + " "
                        + problem.otherIdentifier().orElseThrow()));
        assertThat(found)
                .containsExactly(
                        "2 anna@xn--mnchen-3ya.example = 3 anna@münchen.example",
                        "4 Anna@ＭÜNCHEN.example = 3 anna@münchen.example",
                        "10 bob@example.com. = 11 bob@example.com",
                        "21 max@例え。テスト = 22 max@例え.テスト");
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void those_whose_identifiers_are_equal_change_the_rest_and_resolve_it_by_another_address(Vendor vendor)
            throws IOException {
        JdbiAuthStores stores = upgraded(vendor);
        UserStore users = stores.users();
        User second =
                users.find(email("anna@xn--mnchen-3ya.example")).orElseThrow().user();
        User changed = Samples.stored(users.update(second, PasswordHash.of("$2b$12$OTHER")));
        assertThat(users.find(email("anna@xn--mnchen-3ya.example"))
                        .orElseThrow()
                        .user())
                .isEqualTo(changed);

        ImportedUser other = ImportedUser.named(
                null, second.uuid(), Identifier.email("anna2@example.com").orElseThrow(), null);
        assertThat(stores.bulkUsers().store(List.of(other), OnExisting.UPDATE, Samples.NOW))
                .containsExactly(ImportResult.UPDATED);
        assertThat(users.find(email("anna2@example.com")).orElseThrow().user().id())
                .isEqualTo(second.id());
        assertThat(users.find(email("anna@xn--mnchen-3ya.example"))
                        .orElseThrow()
                        .user()
                        .id())
                .isEqualTo(new UserId(3));
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void an_import_of_what_became_equal_means_the_one_who_registered_just_that(Vendor vendor) throws IOException {
        JdbiAuthStores stores = upgraded(vendor);
        List<ImportedUser> batch = List.of(
                imported("anna@xn--mnchen-3ya.example"),
                imported("anna@münchen.example"),
                imported("ANNA@ＭÜNCHEN.example"),
                imported("anna@münchen。example"));
        assertThat(stores.bulkUsers().preview(batch, OnExisting.UPDATE)).containsOnly(ImportResult.UPDATED);
        try (var rehearsal = stores.bulkUsers().rehearse()) {
            assertThat(rehearsal.store(batch, OnExisting.UPDATE)).containsOnly(ImportResult.UPDATED);
        }
        assertThat(stores.bulkUsers().store(batch.subList(0, 3), OnExisting.UPDATE, Samples.NOW))
                .containsOnly(ImportResult.UPDATED);
        for (int i = 0; i < 3; i++) {
            long id = 2L + i;
            assertThat(stores.users()
                            .find(new UserKey.ById(new UserId(id)))
                            .orElseThrow()
                            .hash())
                    .isEqualTo(batch.get(i).hash());
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void when_one_of_the_equal_ones_goes_the_others_stay_found_and_nobody_takes_their_name(Vendor vendor)
            throws IOException {
        JdbiAuthStores stores = upgraded(vendor);
        UserStore users = stores.users();
        assertThat(users.delete(new UserId(3))).isTrue();
        assertThat(users.insert(user("anna@münchen.example"))).isEqualTo(new StoreResult.Taken());
        assertThat(users.find(email("anna@xn--mnchen-3ya.example"))
                        .orElseThrow()
                        .user()
                        .id())
                .isEqualTo(new UserId(2));
        assertThat(users.find(email("Anna@ＭÜNCHEN.example"))
                        .orElseThrow()
                        .user()
                        .id())
                .isEqualTo(new UserId(4));
        User first =
                users.find(email("anna@xn--mnchen-3ya.example")).orElseThrow().user();
        Samples.stored(users.update(Samples.renamed(first, "anna3@example.com"), null));
        assertThat(users.insert(user("anna@münchen.example"))).isEqualTo(new StoreResult.Taken());
        assertThat(users.find(email("anna@münchen.example"))
                        .orElseThrow()
                        .user()
                        .id())
                .isEqualTo(new UserId(4));
        users.delete(new UserId(4));
        assertThat(users.insert(user("anna@münchen.example"))).isInstanceOf(StoreResult.Stored.class);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void ten_nodes_upgrade_at_once_and_a_kill_between_costs_nothing(Vendor vendor) throws Exception {
        Jdbi jdbi = before(vendor);
        jdbi.useTransaction(handle -> fill(handle, 4500));
        String script = new Script(3, "folding").sql(vendor, TableNames.STANDARD);
        jdbi.useTransaction(handle -> handle.createScript(script).executeAsSeparateStatements());
        // As a node leaves it that is killed in its second batch: the first one is there, the second one undone.
        long first = jdbi.inTransaction(handle -> {
            long last = Refolding.of(TableNames.STANDARD).batch(handle, 0);
            handle.execute("UPDATE auth_refolding SET after_id = ?", last);
            return last;
        });
        jdbi.useTransaction(handle -> {
            Refolding.of(TableNames.STANDARD).batch(handle, first);
            handle.rollback();
        });
        assertThat(first).isLessThan(4500);
        assertThat(JdbiAuthStores.over(jdbi).schemaStatus().state()).isEqualTo(SchemaState.BEHIND);
        ExecutorService nodes = Executors.newFixedThreadPool(10);
        try {
            List<Future<?>> starts = new ArrayList<>();
            for (int node = 0; node < 10; node++) {
                starts.add(nodes.submit(() -> JdbiAuthStores.over(jdbi).migrate()));
            }
            for (Future<?> start : starts) {
                start.get(60, TimeUnit.SECONDS);
            }
        } finally {
            nodes.shutdownNow();
        }
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        assertThat(stores.schemaStatus().state()).isEqualTo(SchemaState.CURRENT);
        assertThat(stores.users().find(email("user4499@münchen.example"))).isPresent();
        List<IdentifierProblem> problems = new ArrayList<>();
        stores.checkIdentifiers(problems::add);
        assertThat(problems).hasSize(4);
    }

    private static void fill(Handle handle, int users) {
        String sql = "INSERT INTO auth_users (uuid, email, email_folded, status, attributes, created_at, version)"
                + " VALUES (" + (Vendor.of(handle) == Vendor.SQLITE ? ":uuid" : "CAST(:uuid AS uuid)")
                + ", :email, :email, 'ACTIVE', '{}', 0, 1)";
        var batch = handle.prepareBatch(sql);
        for (int i = 0; i < users; i++) {
            batch.bind("uuid", UUID.randomUUID().toString())
                    .bind("email", "user" + i + "@xn--mnchen-3ya.example")
                    .add();
        }
        batch.execute();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void what_a_server_of_the_release_before_still_stores_is_found_and_folded_when_asked_for(Vendor vendor)
            throws IOException {
        Jdbi jdbi = before(vendor);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        jdbi.useTransaction(handle -> fill(handle, 1));
        UserKey typed = email("USER0@xn--mnchen-3ya.example");
        assertThat(stores.users().find(typed)).isPresent();
        assertThat(stores.users().find(email("user0@münchen.example"))).isEmpty();
        List<String> former = new ArrayList<>();
        stores.checkIdentifiers(problem -> {
            if (problem.other().isEmpty()) {
                former.add(problem.identifier().text());
            }
        });
        assertThat(former).containsExactly("user0@xn--mnchen-3ya.example");
        stores.refold();
        assertThat(stores.users().find(typed)).isPresent();
        assertThat(stores.users().find(email("user0@münchen.example"))).isPresent();
        assertThat(stores.schemaStatus().state()).isEqualTo(SchemaState.CURRENT);
    }

    @Test
    void the_release_before_does_not_start_on_it() throws IOException {
        Jdbi jdbi = before(Vendor.SQLITE);
        JdbiAuthStores.over(jdbi).migrate();
        Database database = Database.over(new LentConnections(jdbi), Duration.ofSeconds(5));
        Migration former = new Migration(database, TableNames.STANDARD, Script.ALL.subList(0, 1));
        assertThat(former.status().state()).isEqualTo(SchemaState.TOO_NEW);
        assertThatThrownBy(former::run).isInstanceOfAny(IllegalStateException.class, AuthFault.class);
    }

    private static UserKey email(String typed) {
        return new UserKey.ByEmail(Identifier.typed(typed));
    }

    private static NewUser user(String email) {
        return new NewUser(
                UUID.randomUUID(),
                Identifier.email(email).orElseThrow(),
                null,
                UserStatus.ACTIVE,
                JsonObject.EMPTY,
                Samples.HASH,
                Samples.NOW);
    }

    private static ImportedUser imported(String email) {
        return ImportedUser.named(
                        null, UUID.randomUUID(), Identifier.email(email).orElseThrow(), null)
                .withHash(PasswordHash.of("$2b$12$" + email.length() + email.hashCode()));
    }

    private JdbiAuthStores upgraded(Vendor vendor) throws IOException {
        JdbiAuthStores stores = JdbiAuthStores.over(before(vendor));
        stores.migrate();
        return stores;
    }

    private static List<Map<String, Object>> rows(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM auth_users ORDER BY id")
                .mapToMap()
                .list());
    }

    /** The file, or the same rows in PostgreSQL under the same schema. */
    private Jdbi before(Vendor vendor) throws IOException {
        Path file = folder.resolve("auth.db");
        Files.copy(MADE_BEFORE, file);
        Jdbi sqlite = Jdbi.create(SqliteUrl.of(file));
        if (vendor == Vendor.SQLITE) {
            return sqlite;
        }
        Jdbi postgres = Jdbi.create(Postgres.freshDatabase());
        Database database = Database.over(new LentConnections(postgres), Duration.ofSeconds(5));
        new Migration(database, TableNames.STANDARD, Script.ALL.subList(0, 1)).run();
        postgres.useTransaction(handle -> {
            for (Map<String, Object> row : rows(sqlite)) {
                String columns = String.join(", ", row.keySet());
                String values = ":" + String.join(", :", row.keySet());
                handle.createUpdate("INSERT INTO auth_users (" + columns + ") VALUES ("
                                + values.replace(":uuid,", "CAST(:uuid AS uuid),") + ")")
                        .bindMap(row)
                        .execute();
            }
            handle.execute("SELECT setval(pg_get_serial_sequence('auth_users', 'id'), 100)");
        });
        return postgres;
    }
}
