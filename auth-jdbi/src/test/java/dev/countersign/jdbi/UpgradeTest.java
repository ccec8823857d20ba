package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.SchemaStatus;
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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users of {@link MadeBefore} under this release. */
@Tag("slow")
class UpgradeTest {

    private static final BcryptPasswordHasher HASHER = new BcryptPasswordHasher(10, new SecureRandom());

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void everybody_logs_in_by_what_they_registered(Vendor vendor) throws IOException {
        Jdbi jdbi = MadeBefore.before(vendor, folder);
        List<Map<String, Object>> before = MadeBefore.rows(jdbi);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        assertThat(stores.schemaStatus().state()).isEqualTo(SchemaStatus.State.CURRENT);
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
        assertThat(MadeBefore.rows(jdbi)).hasSize(23);
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

        ImportedUser other = ImportedUser.builder(second.uuid())
                .uuid(second.uuid())
                .email(Identifier.email("anna2@example.com").orElseThrow())
                .build();
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
        return ImportedUser.builder(UUID.randomUUID())
                .email(Identifier.email(email).orElseThrow())
                .hash(PasswordHash.of("$2b$12$" + email.length() + email.hashCode()))
                .build();
    }

    private JdbiAuthStores upgraded(Vendor vendor) throws IOException {
        JdbiAuthStores stores = JdbiAuthStores.over(MadeBefore.before(vendor, folder));
        stores.migrate();
        return stores;
    }
}
