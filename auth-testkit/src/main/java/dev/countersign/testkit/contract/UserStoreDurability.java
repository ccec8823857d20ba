package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.CREATED;
import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.LATER;
import static dev.countersign.testkit.contract.SampleUsers.OTHER_HASH;
import static dev.countersign.testkit.contract.SampleUsers.changed;
import static dev.countersign.testkit.contract.SampleUsers.email;
import static dev.countersign.testkit.contract.SampleUsers.named;
import static dev.countersign.testkit.contract.SampleUsers.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.Login;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tests of what a store persists, in which order it lists users, and how it fails; part of {@link UserStoreContract}. */
abstract class UserStoreDurability extends UserStoreEdges {

    /**
     * A second store over the same data with its own connection, as another process would use it. It shows whether writes are committed.
     *
     * @return the other store; {@link #store} by default. Override it unless the store has no connections or transactions
     */
    protected UserStore reopened() {
        return store();
    }

    /**
     * A store that always fails, such as one over a database without tables. It shows that a failure is thrown and not reported as a refusal.
     *
     * @return the store; empty by default. Override it unless the store cannot fail
     */
    protected Optional<UserStore> failing() {
        return Optional.empty();
    }

    @Test
    void every_write_is_there_for_others_when_it_returns() {
        User user = stored(named("han@example.com", "han"));
        assertSeenByOthers(user, HASH);
        User renamed = stored(store().update(changed(user, email("solo@example.com"), user.username()), null));
        assertSeenByOthers(renamed, HASH);
        assertThat(store().rehash(user.id(), HASH, OTHER_HASH)).isTrue();
        assertSeenByOthers(renamed, OTHER_HASH);
        User loggedIn = store().recordLogin(Login.of(renamed, LATER)).orElseThrow();
        assertSeenByOthers(loggedIn, OTHER_HASH);
        User disabled = stored(store().update(changed(loggedIn, UserStatus.DISABLED), HASH));
        assertSeenByOthers(disabled, HASH);
        assertThat(store().delete(user.id())).isTrue();
        assertThat(reopened().find(new UserKey.ById(user.id()))).isEmpty();
        assertThat(reopened().page(null, 10)).isEmpty();
    }

    private void assertSeenByOthers(User user, PasswordHash hash) {
        assertThat(reopened().find(new UserKey.ById(user.id()))).contains(new StoredUser(user, hash));
        assertThat(reopened().page(null, 10)).containsExactly(user);
    }

    @Test
    void what_breaks_is_thrown_and_quotes_nothing() {
        User user = stored(named("quibble@example.com", "wombat"));
        failing().ifPresent(broken -> {
            List<Consumer<UserStore>> calls = List.of(
                    store -> store.find(new UserKey.ByEmail(email("quibble@example.com"))),
                    store -> store.find(new UserKey.ByUsername(username("wombat"))),
                    store -> store.find(new UserKey.ById(user.id())),
                    store -> store.insert(named("quibble@example.com", "wombat")),
                    store -> store.update(changed(user, email("quibble@example.com"), username("wombat")), OTHER_HASH),
                    store -> store.rehash(user.id(), HASH, OTHER_HASH),
                    store -> store.recordLogin(Login.of(user, LATER)),
                    store -> store.delete(user.id()),
                    store -> store.page(null, 10));
            for (Consumer<UserStore> call : calls) {
                assertThatThrownBy(() -> call.accept(broken))
                        .isInstanceOf(RuntimeException.class)
                        .isNotInstanceOf(IllegalArgumentException.class)
                        .hasMessageNotContainingAny("quibble", "wombat", "$2b$");
            }
        });
    }

    @Test
    void pages_follow_the_numbers_whatever_their_digits_and_whenever_users_were_created() {
        UserStore store = storeNumberingFrom(95).orElse(store());
        List<User> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            // Any other sort key would give another order.
            String name = (char) ('z' - i) + "@example.com";
            all.add(stored(store.insert(
                    SampleUsers.of(email(name), username(name), JsonObject.EMPTY, CREATED.minusSeconds(i * 86_400L)))));
        }
        User first = stored(store.update(changed(all.get(0), all.get(0).attributes()), null));
        all.set(0, store.recordLogin(Login.of(first, LATER)).orElseThrow());
        assertThat(store.page(null, 1000)).containsExactlyElementsOf(all);
        assertThat(store.page(all.get(2).id(), 5)).containsExactlyElementsOf(all.subList(3, 8));
    }

    @Test
    void the_largest_page_is_full() {
        int users = UserStore.LARGEST_PAGE + 1;
        List<User> all = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            all.add(stored(named("user" + i + "@example.com", null)));
        }
        assertThat(store().page(null, UserStore.LARGEST_PAGE)).isEqualTo(all.subList(0, UserStore.LARGEST_PAGE));
        assertThat(store().page(all.get(UserStore.LARGEST_PAGE - 1).id(), UserStore.LARGEST_PAGE))
                .isEqualTo(all.subList(UserStore.LARGEST_PAGE, users));
    }

    @Test
    void identifiers_that_differ_in_one_character_are_of_different_users() {
        List<String> names = new ArrayList<>(List.of("hn", "h n", "h  n"));
        String letters =
                "'\"`\u2018\u2019\u201c\u00b4\\/%_*?;:,.-+~!#$&()<>[]{}|^=@\u00e5\u00e4\u0131\u00f8\u2014\u4e00";
        letters.codePoints().forEach(letter -> names.add("h" + Character.toString(letter) + "n"));
        names.addAll(List.of("h''n", "h--n", "h$1n", "h:nn", "h%sn", "h{0}n", "h\\'n", "h&amp;n"));
        names.removeIf(name -> Identifier.username(name).isEmpty());
        for (String name : names) {
            User user = stored(named(null, name));
            assertThat(user.username()).as(name).hasToString(name);
            assertThat(byUsername(name)).contains(user);
        }
        String local = "'`\u2018\u2019/%_*?-+~!#$&{}|^=\u00e5\u00e4";
        local.codePoints()
                .mapToObj(letter -> "h" + Character.toString(letter) + "n@example.com")
                .forEach(address -> {
                    User user = stored(named(address, null));
                    assertThat(user.email()).as(address).hasToString(address);
                    assertThat(byEmail(address)).contains(user);
                });
        assertThat(byEmail("hn@example.com")).isEmpty();
        assertThat(store().page(null, 1000))
                .hasSize(names.size() + (int) local.codePoints().count());
    }
}
