package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.Reading;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.contract.PasswordHasherContract;
import dev.countersign.testkit.fixture.SeededRandom;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class MigratingPasswordHasherTest extends PasswordHasherContract {

    private static final String DJANGO = "pbkdf2_sha256$1000$seasalt$ADZp4vUhqbHpjKCs6GCv3eMcMdxH8VpSys18lLwzOpA=";
    private static final String PASSWORD = "correct horse ß🐎";

    private static final String LARAVEL =
            "$argon2i$v=19$m=1024,t=2,p=2$ZVlYLnNmVnZoOVRid1RrNg$CCW5VrXIHIytgiOQXYPpPpIfYatbaB4KO/8f3VBctbE";
    private static final Sample STRONGER =
            new Sample("strong", new BcryptPasswordHasher(11, new SeededRandom(2)).hash(RawPassword.of("strong")));

    private final BcryptPasswordHasher bcrypt = new BcryptPasswordHasher(10, new SeededRandom(1));
    private final MigratingPasswordHasher hasher = new MigratingPasswordHasher(bcrypt, ForeignHashes.all());
    private final AtomicInteger ownHashes = new AtomicInteger();
    private final AtomicInteger foreignHashes = new AtomicInteger();

    @Override
    protected PasswordHasher hasher() {
        return new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SecureRandom()), ForeignHashes.all());
    }

    /** Another system's hash. */
    @Override
    protected Sample weaker() {
        return new Sample(PASSWORD, PasswordHash.of(LARAVEL));
    }

    /** Our own at a higher cost. */
    @Override
    protected Sample stronger() {
        return STRONGER;
    }

    @Override
    protected List<PasswordHash> tooCostly() {
        return Stream.of(
                        "$2b$31$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2",
                        "{cut}$2b$31$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2",
                        "pbkdf2_sha256$999999999$seasalt$ADZp4vUhqbHpjKCs6GCv3eMcMdxH8VpSys18lLwzOpA=",
                        LARAVEL.replace("m=1024", "m=999999999"),
                        LARAVEL.replace("t=2", "t=999999999"),
                        "$scrypt$ln=30,r=8,p=1$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI",
                        "$P$zaXax1Dh9qdXMpw6jT4niXdSNjBnYP.",
                        "{wrapped md5$$00000000000000000000000000000000}$2b$31$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2")
                .map(PasswordHash::of)
                .toList();
    }

    @Override
    protected List<Sample> foreign() {
        return List.of(new Sample(PASSWORD, PasswordHash.of(DJANGO)), new Sample(PASSWORD, PasswordHash.of(LARAVEL)));
    }

    @Test
    void a_hash_of_another_system_verifies_and_is_outdated() {
        assertThat(verify(PASSWORD, DJANGO)).isTrue();
        assertThat(verify(PASSWORD + " ", DJANGO)).isFalse();
        assertThat(hasher.outdated(PasswordHash.of(DJANGO))).isTrue();
    }

    @Test
    void our_own_hash_inside_another_systems_wrapping_is_outdated() {
        String own = bcrypt.hash(RawPassword.of(PASSWORD)).revealForStorage();

        assertThat(verify(PASSWORD, "{bcrypt}" + own)).isTrue();
        assertThat(verify(PASSWORD, "bcrypt$" + own)).isTrue();
        assertThat(hasher.outdated(PasswordHash.of("{bcrypt}" + own))).isTrue();
        assertThat(hasher.outdated(PasswordHash.of("bcrypt$" + own))).isTrue();
        assertThat(hasher.outdated(PasswordHash.of(own))).isFalse();
    }

    @Test
    void an_overlong_password_matches_a_foreign_hash_and_leaves_it_as_it_is() {
        MigratingPasswordHasher always = counting();
        PasswordHash foreign = PasswordHash.of("foreign");

        assertThat(always.verify(RawPassword.of("x".repeat(73)), foreign)).isTrue();
        assertThat(always.verify(RawPassword.of("x".repeat(4096)), foreign)).isTrue();
        assertThat(always.verify(RawPassword.of("x".repeat(4097)), foreign)).isFalse();
        assertThat(always.verify(RawPassword.of("a\0b"), foreign)).isFalse();
        assertThat(foreignHashes).hasValue(4);
        assertThat(ownHashes).hasValue(0);
        assertThat(always.shouldRehash(RawPassword.of("x".repeat(72)), foreign)).isTrue();
        assertThat(always.shouldRehash(RawPassword.of("x".repeat(73)), foreign)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"foreign", "native", "refused", "unknown", ""})
    void every_verification_costs_exactly_one_hash(String stored) {
        for (String password : List.of("", "a", "x".repeat(200), "a\0b", "\uD800")) {
            ownHashes.set(0);
            foreignHashes.set(0);

            counting().verify(RawPassword.of(password), PasswordHash.of(stored));

            assertThat(ownHashes.get() + foreignHashes.get()).isEqualTo(1);
        }
    }

    @Test
    void a_refused_hash_matches_nothing_even_if_the_current_hasher_would_take_it() {
        assertThat(counting().verify(RawPassword.of("a"), PasswordHash.of("refused")))
                .isFalse();
    }

    private boolean verify(String text, String stored) {
        return hasher.verify(RawPassword.of(text), PasswordHash.of(stored));
    }

    /** Counts hashes; the current hasher matches all it is given but the empty stored form. */
    private MigratingPasswordHasher counting() {
        HashFormat format = stored -> switch (stored) {
            case "foreign" -> Reading.Foreign.of("foreign", utf8 -> foreignHashes.incrementAndGet() > 0);
            case "native" -> Optional.of(new Reading.Native("native", PasswordHash.of("inner")));
            case "refused" -> Reading.refused("refused");
            default -> Optional.empty();
        };
        return new MigratingPasswordHasher(new CountingHasher(ownHashes), List.of(format));
    }

    private record CountingHasher(AtomicInteger hashes) implements PasswordHasher {

        @Override
        public PasswordHash hash(RawPassword password) {
            return PasswordHash.of("new");
        }

        @Override
        public boolean verify(RawPassword password, PasswordHash stored) {
            hashes.incrementAndGet();
            return !stored.revealForStorage().isEmpty();
        }

        @Override
        public boolean outdated(PasswordHash stored) {
            return false;
        }

        @Override
        public PasswordHash decoy() {
            return PasswordHash.of("");
        }

        @Override
        public PasswordHash decoyLike(PasswordHash stored) {
            return decoy();
        }

        @Override
        public int longestBytes() {
            return 72;
        }
    }
}
