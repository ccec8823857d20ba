package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleImports.HIGH;
import static dev.countersign.testkit.contract.SampleImports.UUID_1;
import static dev.countersign.testkit.contract.SampleImports.full;
import static dev.countersign.testkit.contract.SampleImports.imported;
import static dev.countersign.testkit.contract.SampleImports.named;
import static dev.countersign.testkit.contract.SampleImports.withHash;
import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.LATER;
import static dev.countersign.testkit.contract.SampleUsers.OTHER_HASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.json.JsonObject;
import dev.countersign.port.BulkUserStore;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every {@link BulkUserStore}. */
public abstract class BulkUserStoreContract extends BulkUserStoreOrigins {

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
                .isEqualTo(user.toBuilder()
                        .email(after.email())
                        .updatedAt(LATER)
                        .version(2)
                        .build());
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
                                List.of(SampleImports.numbered(HIGH.value(), "leia@example.com", null)),
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
        List<ImportedUser> tooMany =
                Collections.nCopies(BulkUserStore.LARGEST_BATCH + 1, named("han@example.com", null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> bulk().store(tooMany, OnExisting.SKIP, LATER));
        assertThatIllegalArgumentException().isThrownBy(() -> bulk().preview(tooMany, OnExisting.SKIP));
        assertThatIllegalArgumentException().isThrownBy(() -> bulk().page(null, 1001));
    }

    @ParameterizedTest
    @EnumSource
    void a_rehearsal_tells_what_storing_then_tells_batch_by_batch(OnExisting onExisting) {
        store(imported(full(), HASH));
        store(named("user0@example.com", "user1", null));
        store(named("user2@example.com", null, null));
        store(SampleImports.numbered(1_000_003, "here@example.com", null).toBuilder()
                .kept(Set.of())
                .build());
        List<List<ImportedUser>> batches = SampleImports.namingEachOther(new Random(7), 40, 10);
        List<StoredUser> before = bulk().page(null, 1000);

        List<List<ImportResult>> rehearsed = new ArrayList<>();
        try (BulkUserStore.Rehearsal rehearsal = bulk().rehearse()) {
            batches.forEach(batch -> rehearsed.add(rehearsal.store(batch, onExisting)));
        }
        assertThat(bulk().page(null, 1000)).isEqualTo(before);

        List<List<ImportResult>> stored = new ArrayList<>();
        batches.forEach(batch -> stored.add(bulk().store(batch, onExisting, LATER)));
        assertThat(rehearsed).isEqualTo(stored);
        assertThat(stored.stream().flatMap(List::stream))
                .contains(ImportResult.ADDED, ImportResult.IDENTIFIER_TAKEN, ImportResult.NUMBER_TAKEN);
    }

    @Test
    void a_rehearsal_forgets_what_the_one_before_stored() {
        List<ImportedUser> batch = List.of(named("han@example.com", null, null));
        for (int i = 0; i < 2; i++) {
            try (BulkUserStore.Rehearsal rehearsal = bulk().rehearse()) {
                assertThat(rehearsal.store(batch, OnExisting.SKIP)).containsExactly(ImportResult.ADDED);
                assertThat(rehearsal.store(batch, OnExisting.SKIP)).containsExactly(ImportResult.EXISTING);
            }
        }
    }

    private void store(ImportedUser user) {
        bulk().store(List.of(user), OnExisting.SKIP, LATER);
    }
}
