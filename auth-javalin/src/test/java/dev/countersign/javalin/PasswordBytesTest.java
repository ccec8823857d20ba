package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fixture.SeededRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** bcrypt reads 72 bytes: a password beyond them is refused with the reason that is true, in each dialect that takes new passwords. */
class PasswordBytesTest {

    private static final String EMOJI = "🐎".repeat(19);

    @Test
    void the_dialects_that_take_new_passwords_are_these() {
        assertThat(ShippedDialects.names())
                .filteredOn(name -> new Asked(ShippedDialects.dialect(name))
                        .endpoint(Operation.REGISTER)
                        .isPresent())
                .isEqualTo(List.of("standard", "realworld"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "standard  | /auth/register | {'email':'a@b.example','password':'PASSWORD'}"
                        + " | must have at most 72 bytes of UTF-8 | must have at most 64 characters",
                "realworld | /api/users | {'user':{'email':'a@b.example','username':'ab','password':'PASSWORD'}}"
                        + " | is too long (maximum is 72 bytes) | is too long (maximum is 64 characters)"
            })
    void nineteen_emoji_are_too_many_bytes_and_not_too_many_characters(
            String name, String path, String body, String bytes, String characters) {
        RunningApp.Parts parts =
                new RunningApp.Parts(new InMemoryUserStore(), new BcryptPasswordHasher(10, new SeededRandom(3)));
        try (RunningApp app = RunningApp.start(parts.mount(ShippedDialects.dialect(name)))) {
            RawAnswer beyondBytes = register(app, path, body, EMOJI);
            assertThat(beyondBytes.status()).isEqualTo(422);
            assertThat(beyondBytes.body()).contains(bytes).doesNotContain("characters");
            assertThat(register(app, path, body, "x".repeat(65)).body()).contains(characters);
            assertThat(register(app, path, body, "🐎".repeat(18)).status()).isEqualTo(201);
        }
    }

    private static RawAnswer register(RunningApp app, String path, String body, String password) {
        return app.send(RawRequest.post(path).json(body.replace('\'', '"').replace("PASSWORD", password)));
    }
}
