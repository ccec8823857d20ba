package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.UserStore;
import dev.countersign.testkit.SabotageRun;
import dev.countersign.testkit.contract.UserStoreContract;
import dev.countersign.user.UserId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault that a store may have is caught by the test of the contract that is there for it: ours with that fault, on a SQLite file. */
@Tag("slow")
class UserStoreSabotageTest {

    private static Function<Jdbi, UserStore> breaking = BrokenStores::sound;

    static List<Arguments> sabotages() {
        String identifiers = "identifiers_that_differ_in_one_character_are_of_different_users";
        String pages = "pages_follow_the_numbers_whatever_their_digits_and_whenever_users_were_created";
        return List.of(
                sabotage(
                        "never commits",
                        BrokenStores::neverCommitting,
                        "every_write_is_there_for_others_when_it_returns"),
                sabotage(
                        "a failure is Taken",
                        BrokenStores::takingFailuresForRefusals,
                        "what_breaks_is_thrown_and_quotes_nothing"),
                sabotage("pages by text", BrokenStores::pagingByText, pages),
                sabotage("pages by time", BrokenStores::pagingByCreation, pages),
                sabotage("pages of 100", BrokenStores::pagingBy100, "the_largest_page_is_full"),
                sabotage(
                        "no quotes",
                        jdbi -> BrokenStores.altering(jdbi, text -> text.replaceAll("['\"]", "")),
                        identifiers),
                sabotage(
                        "doubled quotes",
                        jdbi -> BrokenStores.altering(jdbi, text -> text.replace("'", "''")),
                        identifiers),
                sabotage(
                        "no backslashes",
                        jdbi -> BrokenStores.altering(jdbi, text -> text.replace("\\", "")),
                        identifiers),
                sabotage(
                        "ASCII only",
                        jdbi -> BrokenStores.altering(jdbi, text -> text.replaceAll("[^\\x00-\\x7f]", "?")),
                        identifiers),
                sabotage(
                        "one space",
                        jdbi -> BrokenStores.altering(jdbi, text -> text.replaceAll(" +", " ")),
                        identifiers),
                sabotage(
                        "a login writes an old hash",
                        BrokenStores::writingOldHashes,
                        "a_hash_that_is_replaced_during_a_login_or_a_change_stays"),
                sabotage(
                        "looks whether a user is disabled, then writes",
                        BrokenStores::lookingBefore,
                        "nobody_who_is_disabled_or_deleted_during_a_login_logs_in"),
                sabotage(
                        "looks at the version, then writes",
                        jdbi -> BrokenStores.losingUpdates(jdbi, () -> {}),
                        "a_change_between_reading_and_writing_is_not_overwritten"));
    }

    private static Arguments sabotage(String name, Function<Jdbi, UserStore> breaking, String test) {
        return Arguments.of(name, breaking, test);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("sabotages")
    void a_broken_store_is_caught_by_the_test_that_is_there_for_it(
            String name, Function<Jdbi, UserStore> fault, String test) {
        breaking = fault;
        assertThat(SabotageRun.caughtBy(Broken.class, test)).containsExactly(test);
    }

    @RepeatedTest(3)
    void a_lost_update_is_caught_in_every_run_without_statements_to_come_between() {
        Runnable together = BrokenStores.together();
        breaking = jdbi -> BrokenStores.losingUpdates(jdbi, together);
        String test = "of_two_changes_at_the_same_moment_one_is_stored";
        assertThat(SabotageRun.caughtBy(Broken.class, test)).containsExactly(test);
    }

    /** The contract on whatever is under test. */
    static final class Broken extends UserStoreContract {

        @TempDir
        Path folder;

        private UserStore store;

        @BeforeEach
        void make_the_tables() {
            JdbiAuthStores.over(Jdbi.create(url())).migrate();
            store = breaking.apply(Jdbi.create(url()));
        }

        private String url() {
            return SqliteUrl.of(folder.resolve("auth.db"));
        }

        @Override
        protected UserStore store() {
            return store;
        }

        @Override
        protected UserStore reopened() {
            return BrokenStores.sound(Jdbi.create(url()));
        }

        @Override
        protected Optional<UserStore> failing() {
            return Optional.of(breaking.apply(Jdbi.create(SqliteUrl.of(folder.resolve("empty.db")))));
        }

        @Override
        protected Optional<UserStore> pausing(Runnable beforeStatement) {
            return Optional.of(breaking.apply(PausingConnections.over(url(), beforeStatement)));
        }

        @Override
        protected Optional<UserStore> storeNumberingFrom(long first) {
            JdbiAuthStores.over(Jdbi.create(url())).numberUsersFrom(new UserId(first));
            return Optional.of(store);
        }
    }
}
