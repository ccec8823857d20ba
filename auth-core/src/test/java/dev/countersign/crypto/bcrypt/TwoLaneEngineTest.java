package dev.countersign.crypto.bcrypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alone and in both lanes, the digests are the bcrypt library's. */
class TwoLaneEngineTest {

    private static final int LONGEST = 72;
    private static final int SALT_BYTES = 16;

    private final BcryptEngine lanes = new TwoLaneEngine();
    private final BcryptEngine library = new LibraryEngine();
    private final Random random = new Random(20261126);

    private BcryptWork work(int length, int cost) {
        byte[] password = new byte[length];
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(password);
        random.nextBytes(salt);
        return new BcryptWork(password, salt, cost);
    }

    private void check(BcryptWork first, BcryptWork second) {
        byte[][] expected = {library.digest(first), library.digest(second)};
        assertThat(lanes.digests(first, second)).isDeepEqualTo(expected);
        assertThat(lanes.digest(first)).isEqualTo(expected[0]);
    }

    @Test
    void passwords_of_all_lengths() {
        for (int length = 0; length <= LONGEST; length++) {
            check(work(length, 4), work(LONGEST - length, 4));
        }
    }

    @Test
    void different_costs() {
        for (int cost = 4; cost <= 8; cost++) {
            check(work(8, cost), work(9, 4));
            check(work(8, 5), work(9, cost));
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 12})
    void high_costs(int cost) {
        check(work(12, cost), work(LONGEST, cost));
    }

    @Test
    void bytes_with_the_highest_bit_and_bytes_of_zero() {
        for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
            BcryptWork work = work(40, 4);
            Arrays.fill(work.password(), (byte) value);
            check(work, work(LONGEST, 4));
        }
    }

    @Test
    void the_same_work_in_both_lanes() {
        BcryptWork work = work(10, 5);
        check(work, work);
    }

    @Test
    void what_was_to_be_hashed_is_left_as_it_was() {
        BcryptWork work = work(10, 4);
        byte[] password = work.password().clone();
        byte[] salt = work.salt().clone();
        check(work, work(3, 4));
        assertThat(work.password()).isEqualTo(password);
        assertThat(work.salt()).isEqualTo(salt);
    }

    @Test
    void many_threads_do_not_disturb_each_other() {
        List<BcryptWork> works = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            works.add(work(i, 5));
        }
        works.parallelStream().forEach(work -> assertThat(lanes.digest(work)).isEqualTo(library.digest(work)));
    }
}
