package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.CREATED;
import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.LATER;
import static dev.countersign.testkit.contract.SampleUsers.OTHER_HASH;
import static dev.countersign.testkit.contract.SampleUsers.email;
import static dev.countersign.testkit.contract.SampleUsers.newUuid;
import static dev.countersign.testkit.contract.SampleUsers.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.BulkUserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link BulkUserStore} must show. */
public abstract class BulkUserStoreContract extends BulkUserStoreEdges {

    private static final UUID UUID_1 = newUuid();
    private static final UserId HIGH = new UserId(9_007_199_254_740_995L);

    @Test
    void everything_that_is_said_is_stored() {
        User user = full();

        assertThat(bulk().store(List.of(imported(user, HASH)), OnExisting.SKIP, LATER))
                .containsExactly(ImportResult.ADDED);

        assertThat(users().find(new UserKey.ById(HIGH))).contains(new StoredUser(user, HASH));
        assertThat(bulk().page(null, 10)).containsExactly(new StoredUser(user, HASH));
    }

    @Test
    void what_is_not_said_gets_its_usual_value() {
        store(named("han@example.com", null, null));

        StoredUser stored = bulk().page(null, 1).get(0);
        assertThat(stored.hash()).isNull();
        User user = stored.user();
        assertThat(user.status()).isEqualTo(UserStatus.ACTIVE);
        assertThat(user.attributes()).isEqualTo(JsonObject.EMPTY);
        assertThat(user.createdAt()).isEqualTo(LATER);
        assertThat(user.username()).isNull();
        assertThat(user.updatedAt()).isNull();
        assertThat(user.version()).isEqualTo(1);
    }

    @Test
    void users_are_numbered_in_their_order_and_later_ones_above_a_kept_number() {
        List<ImportedUser> batch = IntStream.range(0, 1000)
                .mapToObj(i -> named("user" + i + "@example.com", null, null))
                .toList();

        assertThat(bulk().store(batch, OnExisting.SKIP, LATER)).hasSize(1000).containsOnly(ImportResult.ADDED);

        assertThat(bulk().page(null, 1000))
                .extracting(stored -> String.valueOf(stored.user().email()))
                .containsExactlyElementsOf(
                        batch.stream().map(user -> String.valueOf(user.email())).toList());
        bulk().store(List.of(imported(full(), HASH)), OnExisting.SKIP, LATER);
        assertThat(((StoreResult.Stored) users().insert(SampleUsers.named("next@example.com", null)))
                        .user()
                        .id()
                        .value())
                .isGreaterThan(HIGH.value());
        store(named("last@example.com", null, null));
        assertThat(users().page(HIGH, 10)).hasSize(2);
    }

    @Test
    void a_user_who_is_there_by_any_name_is_left_alone() {
        User user = full();
        store(imported(user, HASH));

        assertThat(bulk().store(
                                List.of(
                                        named("other@example.com", null, user.uuid()),
                                        named("HAN.STRASSE@example.com", null, null),
                                        named(null, "ΣΊΣΥΦΟΣ", null),
                                        named("new@example.com", "new", null)),
                                OnExisting.SKIP,
                                LATER))
                .containsExactly(
                        ImportResult.EXISTING, ImportResult.EXISTING, ImportResult.EXISTING, ImportResult.ADDED);

        assertThat(bulk().page(null, 10)).hasSize(2).contains(new StoredUser(user, HASH));
    }

    @Test
    void an_update_changes_what_is_said_and_nothing_else() {
        User user = full();
        store(imported(user, HASH));

        assertThat(bulk().store(List.of(named("HAN.strasse@example.com", null, null)), OnExisting.UPDATE, LATER))
                .containsExactly(ImportResult.UPDATED);
        User after = bulk().page(null, 1).get(0).user();
        assertThat(after.email()).hasToString("HAN.strasse@example.com");
        assertThat(after)
                .isEqualTo(new User(
                        user.id(),
                        user.uuid(),
                        after.email(),
                        user.username(),
                        user.status(),
                        user.attributes(),
                        user.createdAt(),
                        LATER,
                        user.lastLoginAt(),
                        user.previousLoginAt(),
                        user.passwordChangedAt(),
                        2));

        store(imported(full(), OTHER_HASH));
        assertThat(bulk().page(null, 1).get(0).hash()).isEqualTo(HASH);
    }

    @Test
    void another_password_is_a_change_of_the_password_and_the_same_one_is_none() {
        ImportedUser han = withHash("han@example.com", HASH);
        store(han);

        bulk().store(List.of(han), OnExisting.UPDATE, LATER);
        assertThat(bulk().page(null, 1).get(0).user().passwordChangedAt()).isNull();
        bulk().store(List.of(named("han@example.com", null, null)), OnExisting.UPDATE, LATER);
        assertThat(bulk().page(null, 1).get(0).user().passwordChangedAt()).isNull();
        bulk().store(List.of(withHash("han@example.com", OTHER_HASH)), OnExisting.UPDATE, LATER);
        assertThat(bulk().page(null, 1).get(0).user().passwordChangedAt()).isEqualTo(LATER);
        assertThat(bulk().page(null, 1).get(0).hash()).isEqualTo(OTHER_HASH);
    }

    @Test
    void a_row_that_names_two_users_is_refused() {
        store(named("han@example.com", null, null));
        store(named(null, "leia", null));

        for (OnExisting onExisting : OnExisting.values()) {
            assertThat(bulk().store(List.of(named("han@example.com", "leia", null)), onExisting, LATER))
                    .containsExactly(ImportResult.AMBIGUOUS);
        }
        assertThat(users().page(null, 10)).hasSize(2).allMatch(user -> user.version() == 1);
    }

    @Test
    void a_number_of_another_user_is_refused_and_never_taken_from_an_existing_one() {
        store(imported(full(), HASH));
        ImportedUser same = imported(full(), HASH);

        assertThat(bulk().store(
                                List.of(new ImportedUser(
                                        HIGH,
                                        newUuid(),
                                        email("leia@example.com"),
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null)),
                                OnExisting.UPDATE,
                                LATER))
                .containsExactly(ImportResult.NUMBER_TAKEN);
        assertThat(bulk().store(List.of(same), OnExisting.SKIP, LATER)).containsExactly(ImportResult.EXISTING);
        assertThat(users().page(null, 10)).hasSize(1);
    }

    @Test
    void of_two_in_a_batch_the_second_meets_the_first() {
        List<ImportedUser> batch = List.of(
                named("han@example.com", null, UUID_1),
                named("HAN@example.com", null, null),
                named("leia@example.com", null, UUID_1),
                named("luke@example.com", "luke", null),
                named(null, "Luke", null));

        for (OnExisting onExisting : OnExisting.values()) {
            assertThat(bulk().preview(batch, onExisting)).containsExactlyElementsOf(expected(onExisting));
        }
        assertThat(bulk().store(batch, OnExisting.SKIP, LATER)).containsExactlyElementsOf(expected(OnExisting.SKIP));
        assertThat(users().page(null, 10)).hasSize(2);
    }

    private static List<ImportResult> expected(OnExisting onExisting) {
        ImportResult met = onExisting == OnExisting.SKIP ? ImportResult.EXISTING : ImportResult.UPDATED;
        return List.of(ImportResult.ADDED, met, met, ImportResult.ADDED, met);
    }

    @Test
    void a_preview_tells_and_does_nothing() {
        store(imported(full(), HASH));
        store(named("leia@example.com", null, null));
        List<StoredUser> before = bulk().page(null, 10);
        List<ImportedUser> batch = List.of(
                imported(full(), HASH),
                named("new@example.com", null, null),
                named("leia@example.com", "Σίσυφος", null));

        assertThat(bulk().preview(batch, OnExisting.UPDATE))
                .containsExactly(ImportResult.UPDATED, ImportResult.ADDED, ImportResult.AMBIGUOUS);
        assertThat(bulk().preview(batch, OnExisting.SKIP))
                .containsExactly(ImportResult.EXISTING, ImportResult.ADDED, ImportResult.AMBIGUOUS);
        assertThat(bulk().page(null, 10)).isEqualTo(before);
    }

    @Test
    void the_same_batch_again_adds_nobody() {
        List<ImportedUser> batch = IntStream.range(0, 100)
                .mapToObj(i -> named(i % 2 == 0 ? "user" + i + "@example.com" : null, "user" + i, null))
                .toList();
        bulk().store(batch, OnExisting.SKIP, LATER);
        List<StoredUser> before = bulk().page(null, 1000);

        assertThat(bulk().store(batch, OnExisting.SKIP, LATER)).containsOnly(ImportResult.EXISTING);
        assertThat(bulk().page(null, 1000)).isEqualTo(before);
    }

    @Test
    void empty_batches_are_nothing_and_too_large_ones_are_refused() {
        assertThat(bulk().store(List.of(), OnExisting.SKIP, LATER)).isEmpty();
        assertThat(bulk().preview(List.of(), OnExisting.SKIP)).isEmpty();
        List<ImportedUser> tooMany = Collections.nCopies(1001, named("han@example.com", null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> bulk().store(tooMany, OnExisting.SKIP, LATER));
        assertThatIllegalArgumentException().isThrownBy(() -> bulk().preview(tooMany, OnExisting.SKIP));
        assertThatIllegalArgumentException().isThrownBy(() -> bulk().page(null, 1001));
    }

    private void store(ImportedUser user) {
        bulk().store(List.of(user), OnExisting.SKIP, LATER);
    }

    private static User full() {
        return new User(
                HIGH,
                UUID_1,
                email("Han.Straße@example.com"),
                username("Σίσυφος"),
                UserStatus.DISABLED,
                JsonObject.EMPTY.with("ship", new JsonString("🚀 \"Falcon\"\n")),
                CREATED,
                CREATED.plusNanos(1000),
                CREATED.plusNanos(2000),
                CREATED.plusNanos(3000),
                CREATED.plusNanos(4000),
                1);
    }

    private static ImportedUser imported(User user, @Nullable PasswordHash hash) {
        return new ImportedUser(
                user.id(),
                user.uuid(),
                user.email(),
                user.username(),
                user.status(),
                user.attributes(),
                hash,
                user.createdAt(),
                user.updatedAt(),
                user.lastLoginAt(),
                user.previousLoginAt(),
                user.passwordChangedAt());
    }

    private static ImportedUser withHash(String email, PasswordHash hash) {
        return new ImportedUser(null, newUuid(), email(email), null, null, null, hash, null, null, null, null, null);
    }

    private static ImportedUser named(@Nullable String email, @Nullable String username, @Nullable UUID uuid) {
        Identifier mail = email == null ? null : email(email);
        Identifier name = username == null ? null : username(username);
        return new ImportedUser(
                null, uuid == null ? newUuid() : uuid, mail, name, null, null, null, null, null, null, null, null);
    }
}
