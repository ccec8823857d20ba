package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fixture.SeededRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.scrypt.SCryptPasswordEncoder;

/** Hashes that other implementations made or published, and those that are too costly, too cheap or nothing of the kind. */
class ForeignHashesTest {

    private static final String LETTERS = "correct horse ß🐎";
    private static final String SALT = "MDEyMzQ1Njc4OWFiY2RlZg";
    private static final String DIGEST = "a/jkRcsr9R0KEGH50R5mvGd8oM7jpY2wN12em+3QwZM";

    private final MigratingPasswordHasher hasher =
            new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SeededRandom(1)), ForeignHashes.all());

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                // RFC 6070, RFC 7914 §11 and §12
                "password pbkdf2_sha1$4096$salt$SwB5AbdlSJq+rUnZJvch0GWkKcE=",
                "Password $pbkdf2-sha256$80000$TmFDbA$TdzY9guYviGDDO5e8icB+WQaRBjQTAQUrv8Ih2s0q1ah1CWhIlgzVJrbhBtRybMXaicr3ruh0HhHj2Kzl/M8jQ",
                "password $scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA",
                "pleaseletmein $scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw",
                // Django's own tests, and passlib's for Django
                "lètmein pbkdf2_sha256$870000$seasalt$wJSpLMQRQz0Dhj/pFpbyjMj71B2gUYp6HJS5AU+32Ac=",
                "lètmein pbkdf2_sha256$180000$seasalt$gH56uAM9k5UGHuCzAYqLtJQ7AFgnXEZ4LMzt71ldHoc=",
                // the reference implementation's tests
                "password $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "password argon2$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                // Spring Security's documentation
                "password {bcrypt}$2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG",
                "password {pbkdf2}5d923b44a6d129f3ddf3e3c8d29412723dcbde72445e8ef6bf3b508fbf17fa4ed4d6b99ca763d8dc",
                "password {scrypt}$e0801$8bWJaSu2IKSn9Z9kM+TPXfOc/9bdYSrN1oD9qfVThWEwdRTnO7re7Ei+fUZRJ68k9lTyuTeUp4of4g24hHnazw==$OAOec05+bXxvuu/1qZ6NUR+xQYvYv7BeL1QxwRpY5Pc="
            })
    void published_hashes_verify(String password, String stored) {
        takes(password, stored);
    }

    @Test
    void a_published_hash_of_a_password_with_spaces_verifies() {
        takes("not a password", "pbkdf2_sha1$10000$wz5B6WkasRoF$atJmJ1o+XfJxKq1+Nu1f1i57Z5I=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // made by OpenSSL, libargon2 and libxcrypt
                "pbkdf2_sha256$1000$seasalt$ADZp4vUhqbHpjKCs6GCv3eMcMdxH8VpSys18lLwzOpA=",
                "pbkdf2_sha1$1000$seasalt$EbLzMjNU10h0gqi1r0Dv5mntcEs=",
                "$pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg$UR5l8xnYwYuEqCGADKP95zpEjxSBQguk0lrqtvMxiRo",
                "$pbkdf2-sha256$i=1000,l=32$MDEyMzQ1Njc4OWFiY2RlZg$UR5l8xnYwYuEqCGADKP95zpEjxSBQguk0lrqtvMxiRo",
                "$pbkdf2-sha512$i=1000,l=64$MDEyMzQ1Njc4OWFiY2RlZg$XvcdSRN9Zyrj+iPYlVX3xcc+9qktDh6AkWBWqBKZbT95jsfIlg6QUrBvYwj32TPSQz9DRAw7Cq8B7L6L8rAkyQ",
                "$scrypt$ln=14,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$a/jkRcsr9R0KEGH50R5mvGd8oM7jpY2wN12em+3QwZM",
                "scrypt$seasalt$16384$8$5$NuL845p2sWCYJvr8DuowxRcjzSR2N4qpH9L5DDo39P4u/hpS+sPGK6ae0LwegHprRzFRUG4jkBCKiVNwjeG8Lw==",
                "$argon2id$v=19$m=8192,t=3,p=4$MDEyMzQ1Njc4OWFiY2RlZg$QWuzVecLmUtknggW9ZhZfQAcfnb51DdTBbgNTmyj7Fc",
                "$2y$05$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2"
            })
    void hashes_of_letters_beyond_ascii_verify(String stored) {
        takes(LETTERS, stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pbkdf2_sha256$1000$seasalt$XHfRVmyEZRTCcSbqGP00JKv0fRwYHK0ogjPZdSJxCXk=",
                "$argon2id$v=19$m=4096,t=2,p=1$c29tZXNhbHQ$b6+qL8rEYDIzgAJml/v/LRyJK978+3b7o137PucT60I"
            })
    void an_empty_password_is_one_like_any_other(String stored) {
        takes("", stored);
    }

    // Old defaults are deprecated for new hashes, and those are the ones to be replaced.
    @SuppressWarnings("deprecation")
    @Test
    void what_spring_security_makes_verifies() {
        Map<String, PasswordEncoder> encoders = Map.of(
                "bcrypt", new BCryptPasswordEncoder(4),
                "pbkdf2", Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_5(),
                "pbkdf2@SpringSecurity_v5_8", Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8(),
                "scrypt", SCryptPasswordEncoder.defaultsForSpringSecurity_v4_1(),
                "scrypt@SpringSecurity_v5_8", SCryptPasswordEncoder.defaultsForSpringSecurity_v5_8(),
                "argon2", Argon2PasswordEncoder.defaultsForSpringSecurity_v5_2(),
                "argon2@SpringSecurity_v5_8", Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8());

        encoders.forEach((id, encoder) -> takes(LETTERS, "{" + id + "}" + encoder.encode(LETTERS)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "$2b$16$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2 cost",
                "{bcrypt}$2b$31$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2 cost",
                "$2x$05$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2 broken",
                "pbkdf2_sha256$2000001$salt$" + DIGEST + " iterations",
                "pbkdf2_sha256$99999999999$salt$" + DIGEST + " iterations",
                "pbkdf2_sha256$-1$salt$" + DIGEST + " iterations",
                "pbkdf2_sha256$999$salt$" + DIGEST + " iterations",
                "pbkdf2_sha1$1500000$salt$" + DIGEST + " iterations",
                "pbkdf2_sha256$1000$$" + DIGEST + " salt",
                "pbkdf2_sha256$1000$salt$AAAA digest",
                "pbkdf2_sha256$1000$salt$AAAAA Base64",
                "pbkdf2_sha256$1000$salt parts",
                "$pbkdf2-sha256$i=1000,l=64$" + SALT + "$" + DIGEST + " length",
                "$pbkdf2-sha256$l=32$" + SALT + "$" + DIGEST + " iterations",
                "$argon2id$v=19$m=131073,t=1,p=1$" + SALT + "$" + DIGEST + " memory",
                "$argon2id$v=19$m=131072,t=5,p=1$" + SALT + "$" + DIGEST + " memory",
                "$argon2id$v=19$m=8192,t=17,p=1$" + SALT + "$" + DIGEST + " passes",
                "$argon2id$v=19$m=8192,t=3,p=17$" + SALT + "$" + DIGEST + " lanes",
                "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + DIGEST + " memory",
                "$argon2id$v=19$m=8192,t=3$" + SALT + "$" + DIGEST + " parameters",
                "$argon2id$v=19$m=8192,t=3,p=1,data=AAAA$" + SALT + "$" + DIGEST + " parameters",
                "$argon2id$v=16$m=8192,t=3,p=1$" + SALT + "$" + DIGEST + " version",
                "$argon2i$v=19$m=8192,t=3,p=1$" + SALT + "$" + DIGEST + " Argon2id",
                "$scrypt$ln=18,r=8,p=1$" + SALT + "$" + DIGEST + " N",
                "$scrypt$ln=40,r=8,p=1$" + SALT + "$" + DIGEST + " ln",
                "$scrypt$ln=14,r=8,p=17$" + SALT + "$" + DIGEST + " p",
                "$scrypt$ln=17,r=8,p=3$" + SALT + "$" + DIGEST + " N",
                "$scrypt$ln=4,r=8,p=1$" + SALT + "$" + DIGEST + " N",
                "scrypt$salt$16383$8$1$" + DIGEST + " power",
                "{scrypt}$ff2020$" + SALT + "$" + DIGEST + " logarithm",
                "{pbkdf2}abcd bytes",
                "{pbkdf2}xyz hexadecimal",
                "{noop}secret clear",
                "{MD5}5ebe2294ecd0e0f08eab7690d2a6ee69 clear",
                "{SHA-256}5ebe2294ecd0e0f08eab7690d2a6ee69 fast",
                "{sha256}5ebe2294ecd0e0f08eab7690d2a6ee69 fast",
                "{argon2}secret behind",
                "{nothing}secret known",
                "5ebe2294ecd0e0f08eab7690d2a6ee69 fast",
                "md5$salt$5ebe2294ecd0e0f08eab7690d2a6ee69 fast",
                "$6$salt$secret fast",
                "$apr1$salt$secret fast",
                "bcrypt_sha256$$2b$05$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2 SHA-256",
                "secret known"
            })
    void what_is_too_costly_too_cheap_or_no_hash_matches_nothing_and_says_why(String stored, String why) {
        PasswordHash hash = PasswordHash.of(stored);

        assertThat(hasher.refusal(hash).orElseThrow()).contains(why).doesNotContain("secret", DIGEST, SALT, "5ebe");
        assertThat(hasher.verify(RawPassword.of("secret"), hash)).isFalse();
        assertThat(hasher.outdated(hash)).isTrue();
    }

    private void takes(String password, String stored) {
        PasswordHash hash = PasswordHash.of(stored);
        assertThat(hasher.refusal(hash)).isEmpty();
        assertThat(hasher.verify(RawPassword.of(password), hash)).isTrue();
        assertThat(hasher.verify(RawPassword.of(password + "x"), hash)).isFalse();
        assertThat(hasher.outdated(hash)).isEqualTo(true);
    }
}
