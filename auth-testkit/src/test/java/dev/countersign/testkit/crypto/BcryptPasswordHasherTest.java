package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.contract.PasswordHasherContract;
import dev.countersign.testkit.fixture.SeededRandom;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class BcryptPasswordHasherTest extends PasswordHasherContract {

    /** Salt and digest of "U*U" at cost 5, from the test vectors of crypt_blowfish. */
    private static final String BODY = "CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    private static final String ALPHABET_72 =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static final Sample STRONGER =
            new Sample("strong", new BcryptPasswordHasher(11, new SeededRandom(2)).hash(RawPassword.of("strong")));

    private final BcryptPasswordHasher hasher = new BcryptPasswordHasher(10, new SeededRandom(1));

    @Override
    protected PasswordHasher hasher() {
        return new BcryptPasswordHasher(10, new SecureRandom());
    }

    @Override
    protected Sample weaker() {
        return new Sample("U*U", PasswordHash.of("$2a$05$" + BODY));
    }

    @Override
    protected Sample stronger() {
        return STRONGER;
    }

    @Override
    protected List<PasswordHash> tooCostly() {
        return List.of(PasswordHash.of("$2b$16$" + BODY), PasswordHash.of("$2b$31$" + BODY));
    }

    @Override
    protected List<Sample> foreign() {
        return ForeignVectors.all().stream()
                .filter(vector -> vector.form().equals("bcrypt"))
                .map(vector -> new Sample(vector.password(), vector.stored()))
                .toList();
    }

    @Test
    void two_are_computed_at_once_unless_the_library_is_to_compute() {
        BcryptPasswordHasher library = BcryptPasswordHasher.ofLibrary(10, new SeededRandom(3));
        PasswordHash ours = hasher.hash(RawPassword.of("any"));
        PasswordHash theirs = library.hash(RawPassword.of("any"));
        assertThat(hasher.verify(RawPassword.of("any"), theirs)).isTrue();
        assertThat(library.verify(RawPassword.of("any"), ours)).isTrue();
        assertThat(hasher.atOnce()).isEqualTo(2);
        assertThat(library.atOnce()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\"\",$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.",
                "a,$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "abc,$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
                "abcdefghijklmnopqrstuvwxyz,$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC",
                "~!@#$%^&*()      ~!@#$%^&*()PNBFRD,$2a$06$fPIsBO8qRqkjj273rfaOI.HtSV9jLDpTbZn782DC6/t7qT67P6FfO",
                "U*U,$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "U*U*,$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
                "U*U*U,$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
                ALPHABET_72 + ",$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui"
            })
    void published_vectors_verify(String password, String stored) {
        assertThat(verify(password, stored)).isTrue();
        assertThat(verify("not " + password, stored)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void hashes_of_other_systems_verify(String version) {
        assertThat(verify("U*U", version + "05$" + BODY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$2x$05$", "$2$05$", "$2c$05$", "$1a$05$", "2b$05$", "$2B$05$", " $2b$05$", "$2b$5$", "$2b$005$"
            })
    void hashes_of_any_other_version_do_not(String prefix) {
        assertThat(verify("U*U", prefix + BODY)).isFalse();
        assertThat(hasher.outdated(PasswordHash.of(prefix + BODY))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "03", "16", "31", "32", "99", "-5", "ab"})
    void an_imported_cost_out_of_range_is_never_computed(String cost) {
        assertThat(verify("U*U", "$2b$" + cost + "$" + BODY)).isFalse();
    }

    @Test
    void a_stored_hash_of_another_length_or_alphabet_matches_nothing() {
        for (String body : List.of("", BODY.substring(1), BODY + "e", BODY.replace('Y', '!'), BODY.replace('Y', 'é'))) {
            assertThat(verify("U*U", "$2b$05$" + body)).isFalse();
        }
    }

    @Test
    void a_hash_with_line_end_matches_nothing() {
        assertThat(verify("U*U", "$2b$05$" + BODY + "\n")).isFalse();
    }

    @Test
    void the_73rd_byte_is_never_ignored() {
        String stored = "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";
        assertThat(verify(ALPHABET_72 + "x", stored)).isFalse();
        assertThat(verify(ALPHABET_72 + "chars after 72 are ignored", stored)).isFalse();
    }

    @Test
    void a_password_repeated_behind_nul_is_another_one() {
        assertThat(verify("ab\0ab", hasher.hash(RawPassword.of("ab")).revealForStorage()))
                .isFalse();
    }

    @Test
    void an_unpaired_surrogate_is_no_question_mark() {
        assertThat(verify("\uD800x", hasher.hash(RawPassword.of("?x")).revealForStorage()))
                .isFalse();
    }

    @Test
    void new_hashes_are_2b_of_the_given_cost() {
        assertThat(hasher.hash(RawPassword.of("new")).revealForStorage())
                .matches("\\$2b\\$10\\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{31}");
    }

    @Test
    void the_decoy_has_the_form_of_a_new_hash() {
        for (int seed = 0; seed < 100; seed++) {
            // 128 bits of salt leave 2 for the last character, 184 of digest leave 4.
            assertThat(new BcryptPasswordHasher(12, new SeededRandom(seed))
                            .decoy()
                            .revealForStorage())
                    .matches("\\$2b\\$12\\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]");
        }
    }

    @Test
    void decoys_of_two_hashers_differ() {
        assertThat(hasher.decoy()).isNotEqualTo(new BcryptPasswordHasher(10, new SeededRandom(3)).decoy());
    }

    @ParameterizedTest
    @CsvSource({"$2a$10$,false", "$2b$10$,false", "$2y$10$,false", "$2b$09$,true", "$2b$11$,true", "$2x$10$,true"})
    void only_another_cost_or_version_is_outdated(String prefix, boolean outdated) {
        assertThat(hasher.outdated(PasswordHash.of(prefix + BODY))).isEqualTo(outdated);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4, 9, 16, 31})
    void costs_out_of_range_are_refused(int cost) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BcryptPasswordHasher(cost, new SeededRandom(1)))
                .withMessageContaining("10 to 15");
    }

    @Test
    void no_message_holds_the_password() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hasher.hash(RawPassword.of("hunter2".repeat(20))))
                .withMessageNotContaining("hunter2");
    }

    private boolean verify(String text, String stored) {
        return hasher.verify(RawPassword.of(text), PasswordHash.of(stored));
    }
}
