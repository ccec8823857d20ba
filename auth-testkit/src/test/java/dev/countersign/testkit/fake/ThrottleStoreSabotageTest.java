package dev.countersign.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.ThrottleStore;
import dev.countersign.testkit.SabotageRun;
import dev.countersign.testkit.contract.ThrottleStoreContract;
import dev.countersign.throttle.ThrottleCount;
import dev.countersign.throttle.ThrottleKey;
import dev.countersign.throttle.ThrottleKey.Kind;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault that a store of counts may have is caught by the test of the contract that is there for it. */
class ThrottleStoreSabotageTest {

    private static Supplier<ThrottleStore> broken = Forwarding::new;

    static List<Arguments> faults() {
        return List.of(
                fault(
                        "loses every other write",
                        "of_many_failures_at_once_none_is_lost",
                        () -> new Forwarding() {
                            private final AtomicInteger calls = new AtomicInteger();

                            @Override
                            public void failed(Set<ThrottleKey> keys, Instant at) {
                                if (calls.getAndIncrement() % 2 == 0) {
                                    super.failed(keys, at);
                                }
                            }
                        }),
                fault("claims always", "of_many_that_claim_on_top_of_one_count_one_succeeds", () -> new Forwarding() {
                    @Override
                    public boolean claim(ThrottleKey key, ThrottleCount seen, Instant at) {
                        super.failed(Set.of(key), at);
                        return true;
                    }
                }),
                fault(
                        "forgets nothing",
                        "the_failures_of_a_network_are_forgotten_one_by_one_and_those_of_a_user_are_not",
                        () -> new Forwarding() {
                            @Override
                            public void failed(Set<ThrottleKey> keys, Instant at) {
                                super.failed(as(Kind.USER, keys), at);
                            }

                            @Override
                            public Map<ThrottleKey, ThrottleCount> find(Set<ThrottleKey> keys) {
                                return super.find(as(Kind.USER, keys)).entrySet().stream()
                                        .collect(Collectors.toMap(
                                                one -> keys.stream()
                                                        .filter(key -> key.text()
                                                                .equals(one.getKey().text()))
                                                        .findFirst()
                                                        .orElseThrow(),
                                                Map.Entry::getValue));
                            }
                        }),
                fault("forgives everybody whose number begins so", "forgiving_a_user_forgets_the_failures_everywhere_and_nobody_elses",
                        () -> new Forwarding() {
                            @Override
                            public boolean forgive(UserId user) {
                                return super.forgive(user) | super.forgive(new UserId(user.value() * 10));
                            }
                        }),
                fault("sweeps everything", "a_sweep_deletes_what_no_longer_matters_and_nothing_else", () -> new Forwarding() {
                    @Override
                    public int sweep(Instant now) {
                        return super.sweep(now.plus(ThrottleCount.KNOWN));
                    }
                }),
                fault("remembers no success", "a_success_forgets_failures_and_is_remembered_for_the_pair",
                        () -> new Forwarding() {
                            @Override
                            public void succeeded(Set<ThrottleKey> keys, Instant at) {
                                super.succeeded(as(Kind.USER, keys), at);
                            }
                        }));
    }

    private static Set<ThrottleKey> as(Kind kind, Set<ThrottleKey> keys) {
        return keys.stream().map(key -> new ThrottleKey(kind, key.text())).collect(Collectors.toSet());
    }

    private static Arguments fault(String name, String test, Supplier<ThrottleStore> store) {
        return Arguments.of(name, test, store);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void a_broken_store_is_caught_by_the_test_that_is_there_for_it(
            String name, String test, Supplier<ThrottleStore> store) {
        broken = store;
        assertThat(SabotageRun.caughtBy(Broken.class, test)).as(name).containsExactly(test);
    }

    /** The contract on whatever is under test. */
    static final class Broken extends ThrottleStoreContract {

        private final ThrottleStore store = broken.get();

        @Override
        protected ThrottleStore throttle() {
            return store;
        }
    }

    private static class Forwarding implements ThrottleStore {

        private final InMemoryThrottleStore sound = new InMemoryThrottleStore();

        @Override
        public Map<ThrottleKey, ThrottleCount> find(Set<ThrottleKey> keys) {
            return sound.find(keys);
        }

        @Override
        public void failed(Set<ThrottleKey> keys, Instant at) {
            sound.failed(keys, at);
        }

        @Override
        public boolean claim(ThrottleKey key, ThrottleCount seen, Instant at) {
            return sound.claim(key, seen, at);
        }

        @Override
        public void succeeded(Set<ThrottleKey> keys, Instant at) {
            sound.succeeded(keys, at);
        }

        @Override
        public boolean forgive(UserId user) {
            return sound.forgive(user);
        }

        @Override
        public int sweep(Instant now) {
            return sound.sweep(now);
        }
    }
}
