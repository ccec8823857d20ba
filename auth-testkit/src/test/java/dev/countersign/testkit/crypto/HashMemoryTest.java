package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fixture.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes of other systems that need memory on purpose. */
class HashMemoryTest {

    private static final long MEBIBYTE = 1 << 20;
    private static final String ARGON2 =
            "$argon2i$v=19$m=KIBIBYTES,t=2,p=2$ZVlYLnNmVnZoOVRid1RrNg$CCW5VrXIHIytgiOQXYPpPpIfYatbaB4KO/8f3VBctbE";
    private static final String SCRYPT = "$scrypt$ln=LOG,r=8,p=1$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI";

    private final MigratingPasswordHasher hasher = new MigratingPasswordHasher(
                    new BcryptPasswordHasher(10, new SeededRandom(1)), ForeignHashes.all())
            .withMemoryBytes(64 * MEBIBYTE);

    private static PasswordHash argon2(int kibibytes) {
        return PasswordHash.of(ARGON2.replace("KIBIBYTES", Integer.toString(kibibytes)));
    }

    @Test
    void the_memory_of_a_hash_is_known_and_its_decoy_has_the_same() {
        assertThat(hasher.memoryBytes(argon2(32 * 1024))).isBetween(32 * MEBIBYTE, 36 * MEBIBYTE);
        assertThat(hasher.memoryBytes(hasher.decoyLike(argon2(32 * 1024))))
                .isEqualTo(hasher.memoryBytes(argon2(32 * 1024)));
        assertThat(hasher.memoryBytes(PasswordHash.of(SCRYPT.replace("LOG", "15"))))
                .isEqualTo(32 * MEBIBYTE);
        assertThat(hasher.memoryBytes(hasher.decoy())).isZero();
        assertThat(hasher.memoryBytes(PasswordHash.of("unreadable"))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"65536, 68 MiB, -Xmx136m", "131072, 136 MiB, -Xmx272m"})
    void a_hash_that_needs_more_memory_than_there_is_is_refused_with_the_heap_that_it_needs(
            int kibibytes, String needed, String option) {
        assertThat(hasher.refusal(argon2(kibibytes)).orElseThrow())
                .contains("it needs " + needed, "may use 64 MiB here", option + " or more");
        assertThat(hasher.lackOfMemory(argon2(kibibytes))).isEqualTo(hasher.refusal(argon2(kibibytes)));
        assertThat(hasher.withMemoryBytes(256 * MEBIBYTE).refusal(argon2(kibibytes)))
                .isEmpty();
    }

    @Test
    void such_a_hash_matches_nothing_and_is_not_computed() {
        try (RawPassword any = RawPassword.of("any")) {
            assertThat(hasher.verify(any, argon2(128 * 1024))).isFalse();
        }
        assertThat(hasher.memoryBytes(argon2(128 * 1024))).isZero();
        assertThat(hasher.decoyLike(argon2(128 * 1024))).isEqualTo(hasher.decoy());
    }

    @Test
    void other_hashes_lack_no_memory() {
        assertThat(hasher.lackOfMemory(argon2(1024))).isEmpty();
        assertThat(hasher.lackOfMemory(hasher.decoy())).isEmpty();
        assertThat(hasher.lackOfMemory(PasswordHash.of("unreadable"))).isEmpty();
    }
}
