package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.SabotageRun;
import dev.countersign.testkit.contract.PasswordHasherContract;
import dev.countersign.testkit.crypto.BrokenHashers.CountingSalt;
import dev.countersign.testkit.crypto.BrokenHashers.FastDecoy;
import dev.countersign.testkit.crypto.BrokenHashers.FastMalformed;
import dev.countersign.testkit.crypto.BrokenHashers.FastOverlong;
import dev.countersign.testkit.crypto.BrokenHashers.FastUnreadable;
import dev.countersign.testkit.crypto.BrokenHashers.FixedSalt;
import dev.countersign.testkit.crypto.BrokenHashers.GuessableDecoy;
import dev.countersign.testkit.crypto.BrokenHashers.IgnoredMiddle;
import dev.countersign.testkit.crypto.BrokenHashers.NoCap;
import dev.countersign.testkit.crypto.BrokenHashers.OneDecoy;
import dev.countersign.testkit.crypto.BrokenHashers.SharedBuffer;
import dev.countersign.testkit.crypto.BrokenHashers.StrongerIsFine;
import dev.countersign.testkit.crypto.BrokenHashers.SwappedResults;
import dev.countersign.testkit.crypto.BrokenHashers.WrongLabel;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault that a hasher may have is caught by the test of the contract that is there for it, and by no other. */
@Tag("slow")
class PasswordHasherSabotageTest {

    private static Supplier<PasswordHasher> made = () -> new Argon2Hasher(4096);

    static List<Arguments> sabotages() {
        return List.of(
                sabotage(SharedBuffer::new, "passwords_of_many_threads_are_not_mixed_up"),
                sabotage(IgnoredMiddle::new, "every_part_of_the_longest_password_counts"),
                sabotage(SwappedResults::new, "checks_at_once_have_the_results_of_each_alone"),
                sabotage(GuessableDecoy::new, "no_password_that_is_easily_guessed_matches_the_decoy"),
                sabotage(FastDecoy::new, "the_decoy_costs_what_a_new_hash_does"),
                sabotage(OneDecoy::new, "a_decoy_like_a_hash_costs_what_that_hash_does"),
                sabotage(FastOverlong::new, "an_overlong_password_costs_what_a_wrong_one_does"),
                sabotage(FastMalformed::new, "an_empty_or_malformed_password_costs_what_a_wrong_one_does"),
                sabotage(FastUnreadable::new, "a_stored_form_that_cannot_be_read_costs_what_the_decoy_does"),
                sabotage(NoCap::new, "a_stored_form_that_would_cost_too_much_is_not_computed"),
                sabotage(FixedSalt::new, "no_salt_is_used_twice_not_even_after_a_restart"),
                sabotage(CountingSalt::new, "no_salt_is_used_twice_not_even_after_a_restart"),
                sabotage(StrongerIsFine::new, "a_stronger_hash_verifies_and_is_outdated_too"),
                sabotage(WrongLabel::new, "what_another_implementation_hashed_verifies"));
    }

    private static Arguments sabotage(Supplier<PasswordHasher> broken, String test) {
        return Arguments.of(broken.get().getClass().getSimpleName(), broken, test);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("sabotages")
    void a_broken_hasher_is_caught_by_the_test_that_is_there_for_it(
            String name, Supplier<PasswordHasher> broken, String test) {
        made = broken;
        assertThat(SabotageRun.caughtBy(Broken.class)).containsExactly(test);
    }

    @Test
    void a_sound_hasher_passes() {
        made = () -> new Argon2Hasher(4096);
        assertThat(SabotageRun.caughtBy(Broken.class)).isEmpty();
    }

    /** The contract on whatever is under test. */
    static final class Broken extends PasswordHasherContract {

        @Override
        protected PasswordHasher hasher() {
            return made.get();
        }

        // Made by a hasher of the same kind, so that what is wrong with it is all that is wrong.
        private static Sample sample(int kibibytes) {
            PasswordHasher like = made.get();
            if (like instanceof WrongLabel) {
                return new Sample("old", ((Argon2Hasher) like).hash(RawPassword.of("old"), kibibytes));
            }
            return new Sample("old", new Argon2Hasher(kibibytes).hash(RawPassword.of("old")));
        }

        @Override
        protected Sample weaker() {
            return sample(2048);
        }

        @Override
        protected Sample stronger() {
            return sample(16384);
        }

        @Override
        protected List<PasswordHash> tooCostly() {
            String salt = "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
            return List.of(
                    PasswordHash.of("$argon2id$v=19$m=999999999,t=2,p=1" + salt),
                    PasswordHash.of("$argon2id$v=19$m=1025,t=999999999,p=1" + salt));
        }

        @Override
        protected Duration limit() {
            return Duration.ofSeconds(5);
        }

        /** A hash that Laravel made. */
        @Override
        protected List<Sample> foreign() {
            return List.of(
                    new Sample(
                            "correct horse ß🐎",
                            PasswordHash.of(
                                    "$argon2id$v=19$m=1024,t=2,p=2$TVpvQms3RWhNRDZwdWZ2aA$Lm+fKj3Pa/nBrkqRIDYtEucGfMHZA8B1bwlTDMqc0JY")));
        }
    }
}
