package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleImports.named;
import static dev.countersign.testkit.contract.SampleImports.numbered;
import static dev.countersign.testkit.contract.SampleUsers.CREATED;
import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.LATER;
import static dev.countersign.testkit.contract.SampleUsers.OTHER_HASH;
import static dev.countersign.testkit.contract.SampleUsers.email;
import static dev.countersign.testkit.contract.SampleUsers.newUuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.Kept;
import dev.countersign.user.Login;
import dev.countersign.user.OnExisting;
import dev.countersign.user.Origin;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of how imported users match stored ones, and of the names they keep from their old system; part of {@link BulkUserStoreContract}. */
abstract class BulkUserStoreOrigins extends BulkUserStoreEdges {

    @Test
    void what_a_row_says_of_its_user_is_what_the_user_keeps_of_the_system() {
        UUID uuid = newUuid();
        ImportedUser.Builder all =
                numbered(7, "ada@example.com", "ada").toBuilder().uuid(uuid).system("old");
        ImportedUser external = ImportedUser.builder(newUuid())
                .externalId("65e0c0ffee65e0c0ffee65e0")
                .username(SampleUsers.username("eve"))
                .build();
        assertThat(store(OnExisting.SKIP, all.build(), named("bob@example.com", null, null), external))
                .containsOnly(ImportResult.ADDED);
        assertThat(byNumber(7).origin()).isEqualTo(new Origin(LATER, LATER, LATER, "old", EnumSet.allOf(Kept.class)));
        assertThat(byEmail("bob@example.com").origin().kept()).containsExactly(Kept.EMAIL);
        assertThat(byName("eve").origin().kept()).containsExactly(Kept.USERNAME);
    }

    @Test
    void a_row_may_say_since_when_and_what_is_kept() {
        Instant since = Instant.parse("2019-05-04T10:11:12Z");
        ImportedUser user = numbered(7, "ada@example.com", "ada").toBuilder()
                .storedAt(CREATED)
                .emailSince(since)
                .usernameSince(Instant.EPOCH)
                .kept(Set.of())
                .build();
        store(OnExisting.SKIP, user);
        assertThat(byNumber(7).origin()).isEqualTo(new Origin(CREATED, since, Instant.EPOCH, "", Set.of()));
    }

    @ParameterizedTest
    @EnumSource
    void two_rows_of_one_address_with_ids_of_their_own_are_two_people(OnExisting onExisting) {
        ImportedUser seven = external("7", "ada@example.com", "ada");
        ImportedUser eight = external("8", "ada@example.com", "grace").toBuilder()
                .hash(OTHER_HASH)
                .build();
        assertThat(bulk().preview(List.of(seven, eight), onExisting))
                .containsExactly(ImportResult.ADDED, ImportResult.IDENTIFIER_TAKEN);
        assertThat(store(onExisting, seven, eight)).containsExactly(ImportResult.ADDED, ImportResult.IDENTIFIER_TAKEN);
        assertThat(store(onExisting, eight)).containsExactly(ImportResult.IDENTIFIER_TAKEN);
        assertThat(bulk().page(null, 10)).hasSize(1);
        assertThat(byName("ada").email()).hasToString("ada@example.com");
        assertThat(users().find(new UserKey.ByUsername(SampleUsers.username("ada")))
                        .map(StoredUser::hash))
                .contains(HASH);
    }

    @ParameterizedTest
    @EnumSource
    void a_number_that_was_given_here_is_not_that_of_the_old_system(OnExisting onExisting) {
        User here = ((StoreResult.Stored) users().insert(SampleUsers.named("here@example.com", null))).user();
        ImportedUser same = numbered(here.id().value(), "there@example.com", null);
        assertThat(bulk().preview(List.of(same), onExisting)).containsExactly(ImportResult.NUMBER_TAKEN);
        assertThat(store(onExisting, same)).containsExactly(ImportResult.NUMBER_TAKEN);
        assertThat(bulk().page(null, 10)).extracting(StoredUser::user).containsExactly(here);
    }

    @Test
    void a_number_of_another_old_system_is_not_that_of_this_one() {
        store(
                OnExisting.SKIP,
                numbered(7, "ada@example.com", null).toBuilder().system("one").build());
        ImportedUser other =
                numbered(7, "bob@example.com", null).toBuilder().system("two").build();
        assertThat(store(OnExisting.UPDATE, other)).containsExactly(ImportResult.NUMBER_TAKEN);
        assertThat(byNumber(7).email()).hasToString("ada@example.com");
    }

    @Test
    void a_user_is_known_again_by_its_number_after_its_address_changed_there() {
        store(OnExisting.SKIP, numbered(7, "ada@example.com", "ada"));
        assertThat(store(OnExisting.SKIP, numbered(7, "lovelace@example.com", "ada")))
                .containsExactly(ImportResult.EXISTING);
        assertThat(store(OnExisting.UPDATE, numbered(7, "lovelace@example.com", "ada")))
                .containsExactly(ImportResult.UPDATED);
        assertThat(byNumber(7).email()).hasToString("lovelace@example.com");
        assertThat(bulk().page(null, 10)).hasSize(1);
    }

    @Test
    void an_update_that_would_take_the_address_of_another_is_a_conflict() {
        store(OnExisting.SKIP, numbered(7, "ada@example.com", null), numbered(8, "bob@example.com", null));
        assertThat(store(OnExisting.UPDATE, numbered(7, "bob@example.com", null)))
                .containsExactly(ImportResult.IDENTIFIER_TAKEN);
        assertThat(byNumber(7).email()).hasToString("ada@example.com");
    }

    @Test
    void rows_that_exchange_their_addresses_are_not_taken_for_each_other() {
        store(OnExisting.SKIP, numbered(7, "ada@example.com", null), numbered(8, "bob@example.com", null));
        assertThat(store(
                        OnExisting.UPDATE,
                        numbered(8, "free@example.com", null),
                        numbered(7, "bob@example.com", null),
                        numbered(8, "ada@example.com", null)))
                .containsOnly(ImportResult.UPDATED);
        assertThat(byNumber(7).email()).hasToString("bob@example.com");
        assertThat(byNumber(8).email()).hasToString("ada@example.com");
    }

    @Test
    void a_user_imported_without_a_number_gets_it_proven_by_a_later_import_with_the_same() {
        store(OnExisting.SKIP, named("ada@example.com", null, null));
        UserId id = byEmail("ada@example.com").id();
        assertThat(byNumber(id.value()).origin().kept()).containsExactly(Kept.EMAIL);
        assertThat(store(OnExisting.UPDATE, numbered(id.value(), "ada@example.com", null)))
                .containsExactly(ImportResult.UPDATED);
        assertThat(byNumber(id.value()).origin().kept()).containsExactlyInAnyOrder(Kept.NUMBER, Kept.EMAIL);
    }

    @Test
    void a_user_who_was_renumbered_is_not_found_by_the_old_number() {
        store(OnExisting.SKIP, named("ada@example.com", null, null), named("bob@example.com", null, null));
        UserId bob = byEmail("bob@example.com").id();
        assertThat(store(OnExisting.UPDATE, numbered(bob.value(), "ada@example.com", null)))
                .containsExactly(ImportResult.NUMBER_TAKEN);
        assertThat(byEmail("ada@example.com").origin().kept()).containsExactly(Kept.EMAIL);
    }

    @Test
    void an_address_that_an_update_changes_is_new_and_one_that_it_repeats_is_not() {
        store(OnExisting.SKIP, numbered(7, "ada@example.com", null));
        Instant then = LATER.plusSeconds(60);
        bulk().store(List.of(numbered(7, "ADA@example.com", null)), OnExisting.UPDATE, then);
        assertThat(byNumber(7).origin().emailSince()).isEqualTo(LATER);
        bulk().store(List.of(numbered(7, "lovelace@example.com", null)), OnExisting.UPDATE, then);
        assertThat(byNumber(7).origin().emailSince()).isEqualTo(then);
        assertThat(byNumber(7).origin().storedAt()).isEqualTo(LATER);
    }

    @Test
    void a_name_that_a_user_takes_here_is_not_the_old_systems() {
        store(OnExisting.SKIP, numbered(7, "ada@example.com", "ada"));
        User ada = byNumber(7);
        users().update(
                        ada.toBuilder()
                                .email(email("own@example.com"))
                                .origin(ada.origin().withEmailSince(LATER.plusSeconds(9)))
                                .build(),
                        null);
        assertThat(byNumber(7).origin().kept()).containsExactlyInAnyOrder(Kept.NUMBER, Kept.USERNAME);
    }

    @Test
    void another_hash_is_dated_after_every_token_that_was_noted() {
        store(
                OnExisting.SKIP,
                numbered(7, "ada@example.com", null).toBuilder().hash(HASH).build());
        Instant ahead = LATER.truncatedTo(ChronoUnit.SECONDS).plusSeconds(300);
        assertThat(users().recordLogin(new Login(new UserId(7), null, LATER, ahead)))
                .isPresent();
        ImportedUser other = numbered(7, "ada@example.com", null).toBuilder()
                .hash(OTHER_HASH)
                .passwordChangedAt(CREATED)
                .build();
        assertThat(store(OnExisting.UPDATE, other)).containsExactly(ImportResult.UPDATED);
        assertThat(byNumber(7).passwordChangedAt()).isAfter(ahead);
    }

    @Test
    void an_import_never_dates_a_password_change_back() {
        store(
                OnExisting.SKIP,
                numbered(7, "ada@example.com", null).toBuilder()
                        .passwordChangedAt(LATER)
                        .build());
        ImportedUser earlier = numbered(7, "ada@example.com", null).toBuilder()
                .passwordChangedAt(CREATED)
                .build();
        store(OnExisting.UPDATE, earlier);
        assertThat(byNumber(7).passwordChangedAt()).isEqualTo(LATER);
    }

    @Test
    void numbers_leave_room_for_those_who_register_later() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> numbered(ImportedUser.LARGEST_NUMBER + 1, "max@example.com", null))
                .withMessageContaining(Long.toString(ImportedUser.LARGEST_NUMBER));
        store(OnExisting.SKIP, numbered(ImportedUser.LARGEST_NUMBER, "max@example.com", null));
        StoreResult next = users().insert(SampleUsers.named("next@example.com", null));
        assertThat(((StoreResult.Stored) next).user().id().value()).isGreaterThan(ImportedUser.LARGEST_NUMBER);
    }

    private static ImportedUser external(String id, String email, String username) {
        return named(email, username, null).toBuilder()
                .externalId(id)
                .hash(HASH)
                .build();
    }

    private List<ImportResult> store(OnExisting onExisting, ImportedUser... batch) {
        return bulk().store(List.of(batch), onExisting, LATER);
    }

    private User byNumber(long number) {
        return users().find(new UserKey.ById(new UserId(number))).orElseThrow().user();
    }

    private User byEmail(String address) {
        return users().find(new UserKey.ByEmail(email(address))).orElseThrow().user();
    }

    private User byName(String name) {
        return users().find(new UserKey.ByUsername(SampleUsers.username(name)))
                .orElseThrow()
                .user();
    }
}
