package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.Auth;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.password.DecoyKey;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.HashSample;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.fake.InMemoryHashSample;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.usecase.DecoyMix;
import dev.countersign.usecase.LogIn;
import dev.countersign.user.Identifier;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.UserId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an unknown user's login costs: algorithm and cost of the hash that is verified are counted, not milliseconds. */
class DecoyMixTest {

    private static final String DJANGO = "pbkdf2_sha256$1000$seasalt$ADZp4vUhqbHpjKCs6GCv3eMcMdxH8VpSys18lLwzOpA=";
    private static final DecoyKey KEY = DecoyKey.of(new byte[32]);

    private final SampleAuth sample = new SampleAuth();
    private final MigratingPasswordHasher hasher =
            new MigratingPasswordHasher(new BcryptPasswordHasher(11, new SeededRandom(1)), ForeignHashes.all());
    private final Map<UserId, PasswordHash> stored = new LinkedHashMap<>();
    private final HashSample hashes = most -> Map.copyOf(stored);
    private final List<Runnable> background = new ArrayList<>();

    @Test
    void after_a_change_of_the_cost_an_unknown_user_costs_what_a_wrong_password_does() {
        PasswordHasher before = new BcryptPasswordHasher(10, new SeededRandom(2));
        sample.memory.rehash(sample.han.id(), sample.find(sample.han).hash(), before.hash(RawPassword.of("right")));
        Counting counting = new Counting(hasher);
        DecoyMix mix = DecoyMix.of(new InMemoryHashSample(sample.memory), hasher, KEY, sample.clock, background::add);
        mix.refresh();
        Auth auth = sample.builder().hasher(counting).decoys(mix).build();

        for (String name : List.of("han@example.com", "nobody@example.com", "", "x@example.com\0")) {
            auth.logIn(new LogIn.Attempt(IdentifierKind.EMAIL, name, RawPassword.of("wrong")));
        }

        assertThat(counting.verified).hasSize(4).containsOnly("bcrypt, cost 10");
    }

    @Test
    void decoys_have_the_algorithms_and_costs_of_the_store_in_their_proportion() {
        store(300, "$2b$10$");
        store(100, "$2b$12$");
        for (int i = 0; i < 100; i++) {
            stored.put(new UserId(stored.size() + 1), PasswordHash.of(DJANGO));
        }
        DecoyMix mix = mix();
        Map<String, Integer> kinds = new TreeMap<>();
        for (int i = 0; i < 5000; i++) {
            PasswordHash decoy = mix.decoyFor(Identifier.typed("nobody" + i + "@example.com"));
            kinds.merge(kind(decoy), 1, Integer::sum);
        }
        assertThat(kinds).containsOnlyKeys("bcrypt, cost 10", "bcrypt, cost 12", "PBKDF2-SHA256, 1000 iterations");
        assertThat(kinds.get("bcrypt, cost 10")).isBetween(2600, 3400);
        assertThat(kinds.get("bcrypt, cost 12")).isBetween(700, 1300);
    }

    @Test
    void an_identifier_keeps_its_kind_whatever_its_case_after_a_restart_and_on_another_node() {
        store(50, "$2b$10$");
        store(50, "$2b$12$");
        DecoyMix one = mix();
        DecoyMix other = mix();
        for (int i = 0; i < 200; i++) {
            String kind = kind(one.decoyFor(Identifier.typed("Nobody" + i + "@Example.com")));
            assertThat(kind(one.decoyFor(Identifier.typed("nobody" + i + "@example.com"))))
                    .isEqualTo(kind);
            assertThat(kind(other.decoyFor(Identifier.typed(" nobody" + i + "@EXAMPLE.com"))))
                    .isEqualTo(kind);
        }
    }

    @Test
    void another_key_chooses_otherwise() {
        store(50, "$2b$10$");
        store(50, "$2b$12$");
        DecoyMix one = mix();
        DecoyMix other = DecoyMix.of(
                hashes,
                hasher,
                DecoyKey.of("another key, as long".getBytes(StandardCharsets.US_ASCII)),
                sample.clock,
                background::add);
        other.refresh();
        long same = IntStream.range(0, 1000)
                .filter(i -> {
                    Identifier name = Identifier.typed("nobody" + i);
                    return kind(one.decoyFor(name)).equals(kind(other.decoyFor(name)));
                })
                .count();
        assertThat(same).isBetween(300L, 700L);
    }

    @Test
    void as_users_log_in_and_are_hashed_anew_decoys_only_ever_become_new_ones() {
        store(100, "$2b$10$");
        DecoyMix mix = mix();
        int before = 0;
        for (int done = 0; done <= 100; done += 20) {
            for (int id = 1; id <= done; id++) {
                stored.put(new UserId(id), hash("$2b$11$", id));
            }
            mix.refresh();
            int now = 0;
            for (int i = 0; i < 300; i++) {
                now += kind(mix.decoyFor(Identifier.typed("nobody" + i))).equals("bcrypt, cost 11") ? 1 : 0;
            }
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(before).isEqualTo(300);
    }

    @Test
    void nothing_matches_a_decoy_not_even_the_password_of_the_user_it_is_like() {
        stored.put(new UserId(1), PasswordHash.of(DJANGO));
        PasswordHash decoy = mix().decoyFor(Identifier.typed("nobody"));
        assertThat(hasher.verify(RawPassword.of("correct horse ß🐎"), PasswordHash.of(DJANGO)))
                .isTrue();
        assertThat(hasher.verify(RawPassword.of("correct horse ß🐎"), decoy)).isFalse();
    }

    @Test
    void where_nobody_has_a_password_or_no_sample_is_given_decoys_are_of_the_cost_of_new_hashes() {
        assertThat(kind(mix().decoyFor(Identifier.typed("nobody")))).isEqualTo("bcrypt, cost 11");
        assertThat(kind(DecoyMix.ofNewHashes(hasher).decoyFor(Identifier.typed("nobody"))))
                .isEqualTo("bcrypt, cost 11");
    }

    @Test
    void a_new_sample_is_read_beside_a_login_when_the_last_one_is_a_minute_old() {
        DecoyMix mix = mix();
        store(1, "$2b$10$");
        mix.decoyFor(Identifier.typed("nobody"));
        assertThat(background).isEmpty();
        sample.clock.advance(DecoyMix.LIFETIME.plusSeconds(1));
        mix.decoyFor(Identifier.typed("nobody"));
        mix.decoyFor(Identifier.typed("nobody"));
        assertThat(background).hasSize(1);
        assertThat(kind(mix.decoyFor(Identifier.typed("nobody")))).isEqualTo("bcrypt, cost 11");
        background.get(0).run();
        assertThat(kind(mix.decoyFor(Identifier.typed("nobody")))).isEqualTo("bcrypt, cost 10");
    }

    @Test
    void a_short_key_is_refused_and_none_is_printed() {
        assertThatIllegalArgumentException().isThrownBy(() -> DecoyKey.of(new byte[15]));
        assertThat(KEY).hasToString("DecoyKey[hidden]");
    }

    private DecoyMix mix() {
        DecoyMix mix = DecoyMix.of(hashes, hasher, KEY, sample.clock, background::add);
        mix.refresh();
        return mix;
    }

    private void store(int users, String prefix) {
        for (int i = 0; i < users; i++) {
            int id = stored.size() + 1;
            stored.put(new UserId(id), hash(prefix, id));
        }
    }

    private static PasswordHash hash(String prefix, int seed) {
        String decoy =
                new BcryptPasswordHasher(10, new SeededRandom(seed)).decoy().revealForStorage();
        return PasswordHash.of(prefix + decoy.substring(prefix.length()));
    }

    private String kind(PasswordHash decoy) {
        return hasher.kind(PasswordHash.of(decoy.revealForStorage().replaceFirst("^\\{decoy}", "")));
    }

    /** Notes algorithm and cost of what is verified. */
    private static final class Counting extends ForwardingHasher {

        private final MigratingPasswordHasher hasher;
        private final List<String> verified = new ArrayList<>();

        Counting(MigratingPasswordHasher hasher) {
            super(hasher);
            this.hasher = hasher;
        }

        @Override
        public boolean verify(RawPassword password, PasswordHash stored) {
            verified.add(hasher.kind(stored));
            return super.verify(password, stored);
        }
    }
}
