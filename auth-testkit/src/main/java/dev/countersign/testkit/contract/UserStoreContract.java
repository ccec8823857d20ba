package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.CREATED;
import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.LATER;
import static dev.countersign.testkit.contract.SampleUsers.OTHER_HASH;
import static dev.countersign.testkit.contract.SampleUsers.changed;
import static dev.countersign.testkit.contract.SampleUsers.email;
import static dev.countersign.testkit.contract.SampleUsers.named;
import static dev.countersign.testkit.contract.SampleUsers.newUuid;
import static dev.countersign.testkit.contract.SampleUsers.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every {@link dev.countersign.port.UserStore}. Extend it with the store. */
public abstract class UserStoreContract extends UserStoreInterleavings {

    private static final StoreResult TAKEN = new StoreResult.Taken();
    private static final UserId UNKNOWN = new UserId(Long.MAX_VALUE);

    @Test
    void a_new_user_is_found_by_every_key() {
        NewUser given = named("Han@Example.com", "Han");
        User user = stored(given);
        StoredUser whole = new StoredUser(user, HASH);
        assertThat(store().find(new UserKey.ById(user.id()))).contains(whole);
        assertThat(store().find(new UserKey.ByUuid(given.uuid()))).contains(whole);
        assertThat(store().find(new UserKey.ByEmail(email("han@example.com")))).contains(whole);
        assertThat(store().find(new UserKey.ByUsername(username("han")))).contains(whole);
    }

    @Test
    void a_new_user_is_what_was_given_and_never_logged_in() {
        NewUser given = named("Han@Example.com", "Han");
        User user = stored(given);
        assertThat(user)
                .isEqualTo(User.builder(user.id(), given.uuid(), CREATED)
                        .email(given.email())
                        .username(given.username())
                        .origin(user.origin())
                        .version(user.version())
                        .build());
        assertThat(user.email()).hasToString("Han@Example.com");
        assertThat(user.username()).hasToString("Han");
    }

    @Test
    void what_is_absent_stays_absent() {
        User named = stored(
                new NewUser(newUuid(), null, username("han"), UserStatus.DISABLED, JsonObject.EMPTY, null, CREATED));
        User addressed = stored(named("han@example.com", null));
        assertThat(named.email()).isNull();
        assertThat(addressed.username()).isNull();
        assertThat(read(named.id())).isEqualTo(named);
        assertThat(read(named.id()).status()).isEqualTo(UserStatus.DISABLED);
        assertThat(store().find(new UserKey.ById(named.id())).orElseThrow().hash())
                .isNull();
        assertThat(store().insert(named("leia@example.com", null))).isInstanceOf(StoreResult.Stored.class);
        assertThat(store().insert(named(null, "leia"))).isInstanceOf(StoreResult.Stored.class);
    }

    @Test
    void nobody_is_found_by_a_key_that_nobody_has() {
        stored(named("han@example.com", "han"));
        assertThat(store().find(new UserKey.ById(UNKNOWN))).isEmpty();
        assertThat(store().find(new UserKey.ByUuid(new UUID(0, 0)))).isEmpty();
        assertThat(byEmail("han")).isEmpty();
        assertThat(byUsername("han@example.com")).isEmpty();
    }

    @Test
    void nothing_is_stored_under_an_identifier_of_another() {
        stored(named("han@example.com", "han"));
        assertThat(store().insert(named("HAN@example.com", "leia"))).isEqualTo(TAKEN);
        assertThat(store().insert(named("leia@example.com", "HAN"))).isEqualTo(TAKEN);
        assertThat(store().insert(named("han@EXAMPLE.com", "hAn"))).isEqualTo(TAKEN);
        assertThat(store().page(null, 10)).hasSize(1);
        assertThat(byEmail("leia@example.com")).isEmpty();
        assertThat(byUsername("leia")).isEmpty();
    }

    @Test
    void two_users_may_take_one_identifier_each_from_a_third() {
        stored(named("han@example.com", null));
        stored(named(null, "han"));
        assertThat(store().insert(named("han@example.com", "han"))).isEqualTo(TAKEN);
        assertThat(store().page(null, 10)).hasSize(2);
    }

    @Test
    void an_address_may_be_the_username_of_another() {
        stored(named("han@example.com", null));
        assertThat(store().insert(named(null, "han@example.com"))).isInstanceOf(StoreResult.Stored.class);
    }

    @Test
    void nothing_is_stored_under_the_uuid_of_another() {
        NewUser first = named("han@example.com", null);
        stored(first);
        NewUser second = new NewUser(
                first.uuid(), email("leia@example.com"), null, UserStatus.ACTIVE, JsonObject.EMPTY, HASH, CREATED);
        assertThat(store().insert(second)).isEqualTo(TAKEN);
        assertThat(store().page(null, 10)).hasSize(1);
        assertThat(store().find(new UserKey.ByUuid(first.uuid()))
                        .orElseThrow()
                        .user()
                        .email())
                .hasToString("han@example.com");
    }

    @Test
    void an_update_replaces_identifiers_status_attributes_and_times() {
        User before = stored(named("han@example.com", "han"));
        User given = before.toBuilder()
                .email(email("Solo@example.com"))
                .username(null)
                .status(UserStatus.DISABLED)
                .attributes(JsonObject.EMPTY.with("ship", new JsonString("Falcon")))
                .updatedAt(LATER)
                .passwordChangedAt(LATER.plusNanos(1000))
                .build();
        User after = stored(store().update(given, null));
        assertThat(after.version()).isGreaterThan(before.version());
        User expected = given.toBuilder()
                .version(after.version())
                .origin(after.origin())
                .build();
        assertThat(after).isEqualTo(expected);
        assertThat(store().find(new UserKey.ById(before.id()))).contains(new StoredUser(after, HASH));
        assertThat(byEmail("han@example.com")).isEmpty();
        assertThat(byUsername("han")).isEmpty();
        assertThat(byEmail("solo@example.com")).contains(after);
    }

    @Test
    void an_update_stores_a_hash_only_if_one_is_given() {
        User user = stored(named("han@example.com", null));
        User same = stored(store().update(user, null));
        assertThat(store().find(new UserKey.ById(user.id())).orElseThrow().hash())
                .isEqualTo(HASH);
        stored(store().update(same, OTHER_HASH));
        assertThat(store().find(new UserKey.ById(user.id())).orElseThrow().hash())
                .isEqualTo(OTHER_HASH);
    }

    @Test
    void an_update_leaves_logins_alone() {
        User before = stored(named("han@example.com", null));
        store().recordLogin(Login.of(before, CREATED));
        store().recordLogin(Login.of(before, LATER));
        User after = stored(store().update(changed(before, before.email(), username("han")), null));
        assertThat(after.lastLoginAt()).isEqualTo(LATER);
        assertThat(after.previousLoginAt()).isEqualTo(CREATED);
    }

    @Test
    void an_update_may_respell_its_own_identifiers() {
        User before = stored(named("han@example.com", "han"));
        User after = stored(store().update(changed(before, email("HAN@example.com"), username("HAN")), null));
        assertThat(after.email()).hasToString("HAN@example.com");
        assertThat(read(before.id()).username()).hasToString("HAN");
    }

    @Test
    void an_update_to_identifiers_of_others_is_refused_and_changes_nothing() {
        stored(named("han@example.com", null));
        stored(named(null, "han"));
        User leia = stored(named("leia@example.com", "leia"));
        assertThat(store().update(changed(leia, email("HAN@example.com"), leia.username()), OTHER_HASH))
                .isEqualTo(TAKEN);
        assertThat(store().update(changed(leia, leia.email(), username("HAN")), OTHER_HASH))
                .isEqualTo(TAKEN);
        assertThat(store().update(changed(leia, email("HAN@example.com"), username("HAN")), OTHER_HASH))
                .isEqualTo(TAKEN);
        assertThat(store().find(new UserKey.ById(leia.id()))).contains(new StoredUser(leia, HASH));
    }

    @Test
    void an_update_of_what_was_changed_or_deleted_is_stale() {
        User user = stored(named("han@example.com", null));
        stored(named("leia@example.com", null));
        User after = stored(store().update(changed(user, UserStatus.DISABLED), null));
        assertThat(store().update(user, OTHER_HASH)).isEqualTo(new StoreResult.Stale());
        assertThat(store().update(changed(user, email("leia@example.com"), null), OTHER_HASH))
                .isEqualTo(new StoreResult.Stale());
        assertThat(store().find(new UserKey.ById(user.id()))).contains(new StoredUser(after, HASH));
        store().delete(user.id());
        assertThat(store().update(after, null)).isEqualTo(new StoreResult.Stale());
    }

    @Test
    void a_rehash_replaces_the_hash_that_was_verified_and_nothing_else() {
        User user = stored(named("han@example.com", null));
        assertThat(store().rehash(user.id(), OTHER_HASH, HASH)).isFalse();
        assertThat(store().rehash(user.id(), HASH, OTHER_HASH)).isTrue();
        assertThat(store().rehash(user.id(), HASH, OTHER_HASH)).isFalse();
        assertThat(store().find(new UserKey.ById(user.id()))).contains(new StoredUser(user, OTHER_HASH));
        assertThat(store().rehash(UNKNOWN, HASH, OTHER_HASH)).isFalse();
    }

    @Test
    void a_user_without_password_is_not_rehashed() {
        User user = stored(
                new NewUser(newUuid(), null, username("han"), UserStatus.ACTIVE, JsonObject.EMPTY, null, CREATED));
        assertThat(store().rehash(user.id(), HASH, OTHER_HASH)).isFalse();
    }

    @Test
    void a_login_moves_the_last_one_back_and_keeps_the_version() {
        User user = stored(named("han@example.com", null));
        User first = store().recordLogin(Login.of(user, CREATED)).orElseThrow();
        assertThat(first.lastLoginAt()).isEqualTo(CREATED);
        assertThat(first.previousLoginAt()).isNull();
        User second = store().recordLogin(Login.of(user, LATER)).orElseThrow();
        assertThat(second.lastLoginAt()).isEqualTo(LATER);
        assertThat(second.previousLoginAt()).isEqualTo(CREATED);
        assertThat(second.version()).isEqualTo(user.version());
        assertThat(read(user.id())).isEqualTo(second);
    }

    @Test
    void nobody_who_is_gone_or_disabled_meanwhile_logs_in() {
        User user = stored(named("han@example.com", null));
        User disabled = stored(store().update(changed(user, UserStatus.DISABLED), null));
        assertThat(store().recordLogin(Login.of(user, LATER))).isEmpty();
        assertThat(read(user.id())).isEqualTo(disabled);
        User enabled = stored(store().update(changed(disabled, UserStatus.ACTIVE), null));
        assertThat(store().recordLogin(Login.of(enabled, LATER))).isPresent();
        store().delete(user.id());
        assertThat(store().recordLogin(Login.of(user, LATER))).isEmpty();
    }

    @Test
    void a_deleted_user_is_gone_and_its_identifiers_are_free_but_not_its_number() {
        User user = stored(named("han@example.com", "han"));
        assertThat(store().delete(user.id())).isTrue();
        assertThat(store().delete(user.id())).isFalse();
        assertThat(store().find(new UserKey.ById(user.id()))).isEmpty();
        assertThat(byEmail("han@example.com")).isEmpty();
        assertThat(stored(named("han@example.com", "han")).id().value())
                .isGreaterThan(user.id().value());
    }

    @Test
    void pages_list_everybody_once_by_number() {
        List<User> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(stored(named("user" + i + "@example.com", null)));
        }
        store().delete(all.remove(3).id());
        assertThat(store().page(null, 1000)).containsExactlyElementsOf(all);
        assertThat(store().page(null, 4)).containsExactlyElementsOf(all.subList(0, 4));
        assertThat(store().page(all.get(3).id(), 4)).containsExactlyElementsOf(all.subList(4, 6));
        assertThat(store().page(all.get(5).id(), 4)).isEmpty();
        assertThat(store().page(UNKNOWN, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1001})
    void a_page_has_1_to_1000_users(int limit) {
        assertThatThrownBy(() -> store().page(null, limit)).isInstanceOf(IllegalArgumentException.class);
    }
}
