package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.password.PasswordHash;
import dev.countersign.port.PasswordHasher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every {@link PasswordHasher}. */
public abstract class PasswordHasherContract extends PasswordHasherCosts {

    private static final int SALTS = 4;
    private static final int PARTS = 16;
    private static final List<String> GUESSES = List.of(
            "",
            "decoy",
            "dummy",
            "password",
            "Password",
            "secret",
            "test",
            "admin",
            "user",
            "nobody",
            "unknown",
            "nouser",
            "letmein",
            "changeme",
            "default",
            "example",
            "null",
            "none",
            "invalid",
            "123456",
            " ",
            "x");

    /** {@return hashes by other implementations of the same format, with their passwords; none for a fake} */
    protected abstract List<Sample> foreign();

    @Test
    void the_password_matches_and_another_does_not() {
        PasswordHash hash = hasher().hash(password("correct horse"));
        assertThat(verify("correct horse", hash)).isTrue();
        assertThat(verify("Correct horse", hash)).isFalse();
    }

    @Test
    void nothing_is_trimmed() {
        PasswordHash hash = hasher().hash(password(" correct horse "));
        assertThat(verify(" correct horse ", hash)).isTrue();
        assertThat(verify("correct horse", hash)).isFalse();
    }

    @Test
    void letters_beyond_ascii_are_told_apart() {
        PasswordHash hash = hasher().hash(password("naïve 🐎"));
        assertThat(verify("naïve 🐎", hash)).isTrue();
        assertThat(verify("nai\u0308ve 🐎", hash)).isFalse();
        assertThat(verify("na?ve ?", hash)).isFalse();
    }

    @Test
    void what_another_implementation_hashed_verifies() {
        assertThat(foreign().isEmpty()).isEqualTo(isFake());
        for (Sample sample : foreign()) {
            assertThat(verify(sample.password(), sample.hash())).isTrue();
            assertThat(verify(sample.password() + "x", sample.hash())).isFalse();
        }
    }

    @Test
    void checks_at_once_have_the_results_of_each_alone() {
        PasswordHasher hasher = hasher();
        PasswordHash hash = hasher.hash(password("one"));
        // Of the other cost and of another format where there is one; the hasher may compute them in any order.
        List<PasswordHasher.Check> checks = List.of(
                new PasswordHasher.Check(password("one"), hash),
                new PasswordHasher.Check(password("two"), hash),
                new PasswordHasher.Check(password(weaker().password()), weaker().hash()),
                new PasswordHasher.Check(password("one"), hasher.decoy()),
                new PasswordHasher.Check(password("one"), PasswordHash.of("of no format")),
                new PasswordHasher.Check(password("x".repeat(hasher.longestBytes() + 1)), hash),
                new PasswordHasher.Check(password("one"), hash));
        List<Boolean> alone = List.of(true, false, true, false, false, false, true);
        int atOnce = hasher.atOnce();
        assertThat(atOnce).isPositive();
        for (int from = 0; from < checks.size(); from++) {
            int to = Math.min(checks.size(), from + atOnce);
            assertThat(hasher.verifyAll(checks.subList(from, to)))
                    .as("checks %s to %s", from, to)
                    .isEqualTo(alone.subList(from, to));
        }
    }

    @Test
    void no_salt_is_used_twice_not_even_after_a_restart() {
        if (isFake()) {
            return;
        }
        PasswordHasher first = hasher();
        PasswordHasher restarted = hasher();
        assertThat(restarted).as("hasher() makes a new one each time").isNotSameAs(first);
        Set<String> hashes = new LinkedHashSet<>();
        for (int i = 0; i < SALTS; i++) {
            hashes.add(first.hash(password("twice")).revealForStorage());
            hashes.add(restarted.hash(password("twice")).revealForStorage());
        }
        assertThat(hashes).hasSize(2 * SALTS);
    }

    @Test
    void an_empty_password_matches_no_other_hash() {
        assertThat(verify("", hasher().hash(password("not empty")))).isFalse();
    }

    @Test
    void the_longest_password_is_read_to_its_last_byte() {
        String longest = "x".repeat(hasher().longestBytes() - 1);
        PasswordHash hash = hasher().hash(password(longest + "a"));
        assertThat(verify(longest + "a", hash)).isTrue();
        assertThat(verify(longest + "b", hash)).isFalse();
        assertThat(verify(longest + "aa", hash)).isFalse();
    }

    @Test
    void every_part_of_the_longest_password_counts() {
        String longest = "x".repeat(hasher().longestBytes());
        PasswordHash hash = hasher().hash(password(longest));
        int part = Math.max(1, longest.length() / PARTS);
        for (int start = 0; start < longest.length(); start += part) {
            int end = Math.min(longest.length(), start + part);
            String other = longest.substring(0, start) + "y".repeat(end - start) + longest.substring(end);
            assertThat(verify(other, hash))
                    .as("bytes %s to %s are others", start, end)
                    .isFalse();
        }
    }

    @Test
    void length_is_counted_in_bytes() {
        String tooLong = "é".repeat(hasher().longestBytes() / 2 + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> hasher().hash(password(tooLong)));
    }

    @Test
    void an_overlong_password_is_not_hashed() {
        String tooLong = "x".repeat(hasher().longestBytes() + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> hasher().hash(password(tooLong)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\0", "\uD800x", "x\uDC00", "\uDC00\uD800"})
    void a_malformed_password_is_not_hashed_and_matches_nothing(String malformed) {
        assertThatIllegalArgumentException().isThrownBy(() -> hasher().hash(password(malformed)));
        assertThat(verify(malformed, hasher().hash(password("?x")))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "$9$nothing", "ünïcode"})
    void a_stored_form_that_cannot_be_read_matches_nothing_and_is_outdated(String stored) {
        assertThat(verify("plain", PasswordHash.of(stored))).isFalse();
        assertThat(verify(stored, PasswordHash.of(stored))).isFalse();
        assertThat(hasher().outdated(PasswordHash.of(stored))).isTrue();
    }

    @Test
    void passwords_of_many_threads_are_not_mixed_up() {
        PasswordHasher hasher = hasher();
        List<PasswordHash> hashes = IntStream.range(0, THREADS)
                .mapToObj(i -> hasher.hash(password("password of thread " + i)))
                .toList();
        assertThat(inThreads((thread, round) -> {
                    PasswordHash own = hashes.get(thread);
                    int other = (thread + 1 + round % (THREADS - 1)) % THREADS;
                    return hasher.verify(password("password of thread " + thread), own)
                            && !hasher.verify(password("password of thread " + other), own);
                }))
                .as("verifications that were right")
                .isEqualTo(THREADS * ROUNDS);
    }

    @Test
    void a_new_hash_is_not_outdated() {
        assertThat(hasher().outdated(hasher().hash(password("new")))).isFalse();
    }

    @Test
    void a_weaker_hash_verifies_and_is_outdated() {
        assertOutdated(weaker());
    }

    @Test
    void a_stronger_hash_verifies_and_is_outdated_too() {
        assertOutdated(stronger());
    }

    private void assertOutdated(Sample old) {
        assertThat(verify(old.password(), old.hash())).isTrue();
        assertThat(hasher().outdated(old.hash())).isTrue();
        assertThat(hasher().shouldRehash(password(old.password()), old.hash())).isTrue();
    }

    @Test
    void only_what_can_be_hashed_is_hashed_anew() {
        PasswordHasher hasher = hasher();
        PasswordHash old = weaker().hash();
        assertThat(hasher.shouldRehash(password("x".repeat(hasher.longestBytes())), old))
                .isTrue();
        assertThat(hasher.shouldRehash(password("x".repeat(hasher.longestBytes() + 1)), old))
                .isFalse();
        assertThat(hasher.shouldRehash(password("a\0b"), old)).isFalse();
        assertThat(hasher.shouldRehash(password("new"), hasher.hash(password("new"))))
                .isFalse();
    }

    @Test
    void no_password_that_is_easily_guessed_matches_the_decoy() {
        PasswordHasher hasher = hasher();
        for (String guess : GUESSES) {
            assertThat(hasher.verify(password(guess), hasher.decoy())).as(guess).isFalse();
        }
        assertThat(hasher.verify(password(hasher.decoy().revealForStorage()), hasher.decoy()))
                .isFalse();
    }

    @Test
    void a_decoy_like_a_hash_matches_nothing_not_even_the_password_of_that_hash() {
        PasswordHasher hasher = hasher();
        PasswordHash hash = hasher.hash(password("known"));
        for (Sample sample : List.of(weaker(), stronger(), new Sample("known", hash))) {
            PasswordHash decoy = hasher.decoyLike(sample.hash());
            assertThat(hasher.verify(password(sample.password()), decoy)).isFalse();
            assertThat(hasher.verify(password(""), decoy)).isFalse();
            assertThat(hasher.outdated(decoy)).isEqualTo(hasher.outdated(sample.hash()));
        }
    }

    @Test
    void the_decoy_looks_like_a_new_hash() {
        PasswordHasher hasher = hasher();
        assertThat(hasher.outdated(hasher.decoy())).isFalse();
        assertThat(hasher.outdated(hasher.decoyLike(PasswordHash.of("unreadable"))))
                .isFalse();
    }
}
