package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fixture.SeededRandom;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.scrypt.SCryptPasswordEncoder;

/** Empty passwords, hashes that Spring Security makes here and now, and those that are too costly, too cheap or nothing of the kind. */
@Tag("slow")
class ForeignHashesTest {

    private static final String LETTERS = "correct horse ß🐎";
    private static final String SALT = "MDEyMzQ1Njc4OWFiY2RlZg";
    private static final String HEX = "a3c9875831b9287ba4e6026718ba060fb5db7c74e0352c73bccb07339b42fa25";
    private static final String DIGEST = "a/jkRcsr9R0KEGH50R5mvGd8oM7jpY2wN12em+3QwZM";

    private final MigratingPasswordHasher hasher =
            new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SeededRandom(1)), ForeignHashes.all());

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
                "$argon2id$v=19$m=255,t=2,p=1$" + SALT + "$" + DIGEST + " memory",
                "$argon2id$v=19$m=8192,t=3$" + SALT + "$" + DIGEST + " parameters",
                "$argon2id$v=19$m=8192,t=3,p=1,data=AAAA$" + SALT + "$" + DIGEST + " parameters",
                "$argon2id$v=16$m=8192,t=3,p=1$" + SALT + "$" + DIGEST + " version",
                "$argon2d$v=19$m=8192,t=3,p=1$" + SALT + "$" + DIGEST + " Argon2id",
                "$argon2i$m=8192,t=3,p=1$" + SALT + "$" + DIGEST + " parts",
                "$scrypt$ln=18,r=8,p=1$" + SALT + "$" + DIGEST + " N",
                "$scrypt$ln=40,r=8,p=1$" + SALT + "$" + DIGEST + " ln",
                "$scrypt$ln=14,r=8,p=17$" + SALT + "$" + DIGEST + " p",
                "$scrypt$ln=17,r=8,p=3$" + SALT + "$" + DIGEST + " N",
                "$scrypt$ln=4,r=8,p=1$" + SALT + "$" + DIGEST + " N",
                "scrypt$16383$salt$8$1$" + DIGEST + " power",
                "scrypt$salt$16384$8$1$" + DIGEST + " number",
                "scrypt:32768:8$salt$" + HEX + " method",
                "scrypt:262144:8:1$salt$" + HEX + " N",
                "pbkdf2:sha256:2000001$salt$" + HEX + " iterations",
                "pbkdf2:md5:10000$salt$" + HEX + " method",
                "pbkdf2:sha256$salt$" + HEX + " method",
                "{scrypt}$ff2020$" + SALT + "$" + DIGEST + " logarithm",
                "{pbkdf2}abcd bytes",
                "{pbkdf2}xyz hexadecimal",
                "{noop}secret clear",
                "{MD5}5ebe2294ecd0e0f08eab7690 bytes",
                "{SHA-256}5ebe2294ecd0e0f08eab7690d2a6ee69 bytes",
                "{sha256}788c9426d92d710b3dc8a59d5416b9f3810c32588462d66d088d66389ee413d3b93e469e3c982020 bytes",
                "{md4}5ebe2294ecd0e0f08eab7690d2a6ee69 MD4",
                "{argon2}secret behind",
                "{nothing}secret known",
                "5ebe2294ecd0e0f08eab7690d2a6ee69 bare",
                "md5$salt$5ebe2294ecd0e0f08eab7690d2a6ee bytes",
                "md5$salt parts",
                "$6$salt$secret crypt(3)",
                "$apr1$salt$secret crypt(3)",
                "$y$j9T$salt$secret crypt(3)",
                "bcrypt_sha256$$2b$16$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2 cost",
                "$wp$2y$31$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2 cost",
                "{cut}$2b$16$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2 cost",
                "$bcrypt-sha256$v=2,t=2b,r=31$VDmQG7Z20uKqK6/l.3osTu$BjyHKsGYJcdgZDZnWZadCv6fBCLFZzS cost",
                "$bcrypt-sha256$v=3,t=2b,r=12$VDmQG7Z20uKqK6/l.3osTu$BjyHKsGYJcdgZDZnWZadCv6fBCLFZzS parts",
                "$P$KaXax1Dh9qdXMpw6jT4niXdSNjBnYP. rounds",
                "$P$zaXax1Dh9qdXMpw6jT4niXdSNjBnYP. rounds",
                "$S$zDEI/UBbL8nCvLJ4wqhGgeUg6bUuO601BJ50pQ2Z2PzSNBWaH5Ue rounds",
                "$P$BaXax1Dh9qdXMpw6jT4niXdSNjBnYP parts",
                "$fbscrypt$v=1,n=20,r=8,p=1$" + SALT + "$" + DIGEST + " N",
                "$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=AAAA$" + SALT + "$" + DIGEST + " signer",
                "$fbscrypt$v=2,n=14,r=8,p=1$" + SALT + "$" + DIGEST + " version",
                "AQAAAAIAAAAyAAAAEOMwvh3+FZxqkdMBz2ekgGhwQ4B6pZWND6zgESBuWiHw iterations",
                "AQAAAAEA////AAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw== iterations",
                "AQAAAAEAACcQf///8AABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw== salt",
                "{decoy}$2b$10$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2 known",
                "secret known"
            })
    void what_is_too_costly_too_cheap_or_no_hash_matches_nothing_and_says_why(String stored, String why) {
        PasswordHash hash = PasswordHash.of(stored);

        assertThat(hasher.refusal(hash).orElseThrow()).contains(why).doesNotContain("secret", DIGEST, SALT, "5ebe");
        assertThat(hasher.verify(RawPassword.of("secret"), hash)).isFalse();
        assertThat(hasher.outdated(hash)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2b$10$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2", "", "{wrapped md5$$}"})
    void only_a_weak_hash_is_wrapped(String inside) {
        PasswordHash hash =
                PasswordHash.of("{wrapped " + inside + "}$2b$10$abcdefghijklmnopqrstuuMaW76OFxzN4biIV/mXm96w38XCRoVt2");

        assertThat(hasher.refusal(hash).orElseThrow()).contains("no weak hash");
        assertThat(hasher.verify(RawPassword.of("secret"), hash)).isFalse();
    }

    private void takes(String password, String stored) {
        PasswordHash hash = PasswordHash.of(stored);
        assertThat(hasher.refusal(hash)).isEmpty();
        assertThat(hasher.verify(RawPassword.of(password), hash)).isTrue();
        assertThat(hasher.verify(RawPassword.of(password + "x"), hash)).isFalse();
        assertThat(hasher.outdated(hash)).isEqualTo(true);
    }
}
