package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.crypto.pepper.Pepper;
import dev.countersign.crypto.pepper.PepperedPasswordHasher;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.contract.PasswordHasherContract;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.SeededRandom;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class PepperedPasswordHasherTest extends PasswordHasherContract {

    private static final Pepper NOW = pepper("2026-11", 0);
    private static final Pepper BEFORE = pepper("2025-11", 1);
    private static final String BCRYPT = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    /** {@link #BCRYPT} encrypted with {@link #NOW} by Python: hmac, and AESGCM of the package cryptography. */
    private static final String BY_PYTHON =
            "{pepper 2026-11}TxmuPA0VTfZIGffcDL-oJyF8P6_nUyFvK8LzzrGPHDXw6RwHe9B2NpXrZ9JJ-uFxqcovYU9uV1Y3QI66ryuWjNS6_fuisscSZj1IZRNUm0JvPdazQDT-qA";

    private static final PasswordHash LARAVEL = PasswordHash.of(
            "$argon2i$v=19$m=1024,t=2,p=2$ZVlYLnNmVnZoOVRid1RrNg$CCW5VrXIHIytgiOQXYPpPpIfYatbaB4KO/8f3VBctbE");
    private static final String OF_LARAVEL = "correct horse ß🐎";
    private static final Sample STRONGER = new Sample(
            "strong", around(new BcryptPasswordHasher(11, new SeededRandom(2))).hash(RawPassword.of("strong")));

    private final PlainPasswordHasher plain = PlainPasswordHasher.keepingPasswordsInTheClear();
    private final PepperedPasswordHasher counting = around(plain);

    private static Pepper pepper(String id, int first) {
        byte[] key = new byte[Pepper.KEY_BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (first + i);
        }
        return Pepper.of(id, key);
    }

    private static PepperedPasswordHasher around(PasswordHasher hasher) {
        return PepperedPasswordHasher.sealing(hasher, NOW, List.of(BEFORE));
    }

    @Override
    protected PasswordHasher hasher() {
        return around(
                new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SecureRandom()), ForeignHashes.all()));
    }

    /** Another system's hash, encrypted with the earlier pepper. */
    @Override
    protected Sample weaker() {
        return new Sample(OF_LARAVEL, foreignUnder(BEFORE));
    }

    private static PasswordHash foreignUnder(Pepper pepper) {
        return PepperedPasswordHasher.sealing(PlainPasswordHasher.keepingPasswordsInTheClear(), pepper, List.of())
                .resealed(LARAVEL);
    }

    @Override
    protected Sample stronger() {
        return STRONGER;
    }

    @Override
    protected List<PasswordHash> tooCostly() {
        List<PasswordHash> costly = new ArrayList<>();
        for (String stored : List.of(
                "$2b$31$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2",
                "pbkdf2_sha256$999999999$seasalt$ADZp4vUhqbHpjKCs6GCv3eMcMdxH8VpSys18lLwzOpA=")) {
            costly.add(PasswordHash.of(stored));
            costly.add(counting.resealed(PasswordHash.of(stored)));
        }
        return costly;
    }

    @Override
    protected List<Sample> foreign() {
        return List.of(new Sample("U*U", PasswordHash.of(BY_PYTHON)), new Sample("U*U", PasswordHash.of(BCRYPT)));
    }

    @Test
    void what_is_stored_names_the_pepper_and_is_no_hash_without_it() {
        PasswordHash stored =
                around(new BcryptPasswordHasher(10, new SeededRandom(3))).hash(RawPassword.of("seven"));

        assertThat(stored.revealForStorage()).startsWith("{pepper 2026-11}").doesNotContain("$2b$");
        assertThat(counting.opened(stored).orElseThrow().revealForStorage()).startsWith("$2b$10$");
        assertThat(counting.pepper(stored)).contains("2026-11");
    }

    @Test
    void a_hash_without_a_pepper_verifies_and_gets_one_at_the_next_login() {
        PasswordHash without = plain.hash(RawPassword.of("seven"));

        assertThat(counting.verify(RawPassword.of("seven"), without)).isTrue();
        assertThat(counting.verify(RawPassword.of("eight"), without)).isFalse();
        assertThat(counting.outdated(without)).isTrue();
        assertThat(counting.shouldRehash(RawPassword.of("seven"), without)).isTrue();
        assertThat(counting.pepper(without)).isEmpty();
    }

    @Test
    void an_earlier_pepper_verifies_until_it_is_removed() {
        PasswordHash old =
                PepperedPasswordHasher.sealing(plain, BEFORE, List.of()).hash(RawPassword.of("seven"));

        assertThat(counting.verify(RawPassword.of("seven"), old)).isTrue();
        assertThat(counting.outdated(old)).isTrue();
        assertThat(counting.shouldRehash(RawPassword.of("seven"), old)).isTrue();
        PepperedPasswordHasher later = PepperedPasswordHasher.sealing(plain, NOW, List.of());
        assertThat(later.verify(RawPassword.of("seven"), old)).isFalse();
        assertThat(later.refusal(old)).contains("it is encrypted with the pepper 2025-11, which is missing here");
    }

    @Test
    void a_hash_changes_its_pepper_without_the_password() {
        PasswordHash old =
                PepperedPasswordHasher.sealing(plain, BEFORE, List.of()).hash(RawPassword.of("seven"));

        PasswordHash resealed = counting.resealed(old);

        assertThat(counting.pepper(resealed)).contains("2026-11");
        assertThat(counting.outdated(resealed)).isFalse();
        assertThat(PepperedPasswordHasher.sealing(plain, NOW, List.of()).verify(RawPassword.of("seven"), resealed))
                .isTrue();
        assertThat(counting.resealed(resealed)).isEqualTo(resealed);
    }

    @Test
    void peppers_can_be_given_up() {
        PasswordHash sealed = counting.hash(RawPassword.of("seven"));
        PepperedPasswordHasher opening = PepperedPasswordHasher.opening(plain, List.of(NOW));

        assertThat(opening.verify(RawPassword.of("seven"), sealed)).isTrue();
        assertThat(opening.outdated(sealed)).isTrue();
        assertThat(plain.verify(RawPassword.of("seven"), opening.resealed(sealed)))
                .isTrue();
        assertThat(opening.pepper(opening.hash(RawPassword.of("seven")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown id", "another key", "damaged", "cut", "empty", "an id of another"})
    void what_cannot_be_decrypted_matches_nothing_costs_one_verification_and_is_reported(String what) {
        String text = counting.hash(RawPassword.of("seven")).revealForStorage();
        String body = text.substring(text.indexOf('}') + 1);
        PasswordHash stored = PasswordHash.of(
                switch (what) {
                    case "unknown id" -> "{pepper gone}" + body;
                    case "another key" ->
                        PepperedPasswordHasher.sealing(plain, pepper("2026-11", 9), List.of())
                                .hash(RawPassword.of("seven"))
                                .revealForStorage();
                    case "damaged" -> text.substring(0, text.length() - 2) + (text.endsWith("A") ? "BB" : "AA");
                    case "cut" -> text.substring(0, text.length() - 40);
                    case "empty" -> "{pepper 2026-11}";
                    default -> "{pepper 2025-11}" + body;
                });
        List<String> reported = new ArrayList<>();
        int before = plain.verifications();

        assertThat(counting.onUnreadable(reported::add).verify(RawPassword.of("seven"), stored))
                .isFalse();

        assertThat(plain.verifications() - before).isEqualTo(1);
        assertThat(reported).hasSize(1).allMatch(reason -> !reason.contains(body));
        assertThat(counting.outdated(stored)).isTrue();
        assertThat(counting.shouldRehash(RawPassword.of("seven"), stored)).isFalse();
        assertThat(counting.resealed(stored)).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sealed", "earlier", "without", "unknown"})
    void every_verification_costs_exactly_one(String which) {
        PasswordHash hash = plain.hash(RawPassword.of("seven"));
        PasswordHash stored = switch (which) {
            case "sealed" -> counting.resealed(hash);
            case "earlier" ->
                PepperedPasswordHasher.sealing(plain, BEFORE, List.of()).resealed(hash);
            case "without" -> hash;
            default -> PasswordHash.of("{pepper gone}AAAA");
        };
        for (String password : List.of("", "seven", "x".repeat(73), "a\0b", "\uD800")) {
            int before = plain.verifications();
            counting.verify(RawPassword.of(password), stored);
            assertThat(plain.verifications() - before).isEqualTo(1);
        }
    }

    @Test
    void a_password_that_another_system_cut_is_not_hashed_anew_and_its_hash_gets_the_pepper_all_the_same() {
        PepperedPasswordHasher migrating = around(
                new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SeededRandom(4)), ForeignHashes.all()));
        PasswordHash cut = PasswordHash.of("{cut}" + BCRYPT);

        assertThat(migrating.shouldRehash(RawPassword.of("x".repeat(72)), cut)).isFalse();
        assertThat(migrating.pepper(migrating.resealed(cut))).contains("2026-11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a b", "a}b", "ü", "123456789012345678901234567890123"})
    void an_id_is_a_short_word(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pepper.of(id, new byte[Pepper.KEY_BYTES]))
                .withMessageContaining("id of a pepper");
    }

    @Test
    void mistakes_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pepper.of("a", new byte[31]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PepperedPasswordHasher.sealing(plain, NOW, List.of(pepper("2026-11", 5))))
                .withMessageNotContaining("[0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MigratingPasswordHasher(counting, ForeignHashes.all()))
                .withMessageContaining("goes around");
    }

    @Test
    void nothing_secret_is_printed() {
        assertThat(NOW).hasToString("Pepper[2026-11, hidden]");
    }
}
