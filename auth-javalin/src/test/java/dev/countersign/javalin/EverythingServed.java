package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.DialectReader;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.password.RawPassword;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.UserStatus;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An application that serves the test dialect in which everything is said, with a user who logs in there. */
class EverythingServed {

    static final String LOGIN =
            "{\"strategy\":\"local\",\"credentials\":{\"login\":\"rey\",\"secret\":\"from jakku, nowhere\"}}";

    final RunningApp.Parts parts = new RunningApp.Parts();
    private RunningApp app = null;

    static Dialect everything(String... replaced) throws Exception {
        String text = Resources.toString(
                Resources.getResource(EverythingTest.class, "everything.yaml"), StandardCharsets.UTF_8);
        for (int i = 0; i < replaced.length; i += 2) {
            assertThat(text).contains(replaced[i]);
            text = text.replace(replaced[i], replaced[i + 1]);
        }
        return DialectReader.read("everything.yaml", text, Map.of("tenant", "jedi"));
    }

    @BeforeEach
    void start() throws Exception {
        start(everything());
    }

    void start(Dialect dialect) {
        stop();
        app = RunningApp.start(parts.mount(dialect));
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    @BeforeEach
    void storeRey() {
        JsonObject attributes = JsonObject.of(Map.of(
                "nick", new JsonString("Rey\r\nSet-Cookie: stolen=1; é\u2028"),
                "age", JsonNumber.of(19),
                "digits", new JsonString("42"),
                "roles", JsonArray.of(List.of(new JsonString("jedi"))),
                "address", JsonObject.of(Map.of("city", new JsonString("Niima")))));
        try (RawPassword password = RawPassword.of("from jakku, nowhere")) {
            parts.users.insert(new NewUser(
                    UUID.fromString("11111111-2222-4333-8444-555555555555"),
                    null,
                    Identifier.username("rey").orElseThrow(),
                    UserStatus.ACTIVE,
                    attributes,
                    parts.hasher.hash(password),
                    parts.clock.instant()));
        }
    }

    static RawRequest login(String body) {
        return RawRequest.post("/auth?grant_type=password")
                .header("X-Api-Version", "2")
                .header("X-Client", "test")
                .json(body);
    }

    RawAnswer send(RawRequest request) {
        return app.send(request);
    }

    String token() {
        RawAnswer answer = send(login(LOGIN));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return Asked.token(answer);
    }

    static JsonObject part(String token, int index) throws Exception {
        byte[] json = Base64.getUrlDecoder()
                .decode(Splitter.on('.').splitToList(token).get(index));
        return (JsonObject) JsonText.read(json);
    }

    static RawRequest patch(String token, String body) {
        return RawRequest.of("PATCH", "/me").header("X-Token", token).json(body);
    }
}
