package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.HashSample;
import dev.countersign.port.UserStore;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every {@link HashSample}. */
public abstract class HashSampleContract {

    private static final int MOST = 16;

    /** {@return the store whose hashes are sampled; empty at the start of each test} */
    protected abstract UserStore users();

    /** {@return the sample of that store} */
    protected abstract HashSample sample();

    @Test
    void of_nobody_there_is_no_sample() {
        assertThat(sample().read(MOST)).isEmpty();
    }

    @Test
    void of_few_users_all_hashes_are_read_with_their_numbers() {
        User han = stored("han", HASH);
        User leia = stored("leia", SampleUsers.OTHER_HASH);
        stored("chewie", null);
        assertThat(sample().read(MOST)).isEqualTo(Map.of(han.id(), HASH, leia.id(), SampleUsers.OTHER_HASH));
    }

    @Test
    void nobody_has_a_password_and_nothing_is_read() {
        stored("chewie", null);
        assertThat(sample().read(MOST)).isEmpty();
    }

    @Test
    void of_many_users_a_bounded_number_is_read_that_is_spread_over_them() {
        List<UserId> all = stored(100);
        for (int most : new int[] {16, 50, 1024}) {
            Map<UserId, PasswordHash> sample = sample().read(most);
            assertThat(sample.size()).isBetween(Math.min(most, 100) / 4, most);
            assertThat(all).containsAll(sample.keySet());
            assertThat(sample.keySet().stream().filter(all.subList(0, 50)::contains))
                    .hasSizeBetween(sample.size() / 4, 3 * sample.size() / 4 + 1);
        }
    }

    @Test
    void the_same_users_are_read_again_and_their_present_hashes() {
        List<UserId> all = stored(100);
        Map<UserId, PasswordHash> before = sample().read(MOST);
        assertThat(sample().read(MOST)).isEqualTo(before);
        all.forEach(id -> users().rehash(id, HASH, SampleUsers.OTHER_HASH));
        assertThat(sample().read(MOST))
                .containsOnlyKeys(before.keySet())
                .allSatisfy((id, hash) -> assertThat(hash).isEqualTo(SampleUsers.OTHER_HASH));
    }

    @Test
    void most_users_stay_in_it_when_a_few_come_or_go() {
        List<UserId> all = stored(100);
        Map<UserId, PasswordHash> before = sample().read(50);
        users().delete(all.get(0));
        users().delete(all.get(31));
        stored("luke", HASH);
        assertThat(sample().read(50).keySet().stream().filter(before::containsKey))
                .hasSizeGreaterThanOrEqualTo(before.size() - 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 15, 1025, Integer.MAX_VALUE})
    void a_number_out_of_range_is_refused(int most) {
        assertThatIllegalArgumentException().isThrownBy(() -> sample().read(most));
    }

    private List<UserId> stored(int many) {
        List<UserId> ids = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            ids.add(stored("user" + i, HASH).id());
        }
        return ids;
    }

    private User stored(String name, @Nullable PasswordHash hash) {
        NewUser user = named(name + "@example.com", name);
        NewUser withHash = new NewUser(
                user.uuid(),
                user.email(),
                user.username(),
                UserStatus.ACTIVE,
                JsonObject.EMPTY,
                hash,
                user.createdAt());
        return ((StoreResult.Stored) users().insert(withHash)).user();
    }
}
