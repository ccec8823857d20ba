package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.crypto.zxcvbn.CommonPasswords;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.password.RawPassword;
import dev.countersign.server.command.CommandRun;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.User;
import dev.countersign.user.UserFlaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every path that sets a password refuses the same ones, says why, and stores nothing. */
@Tag("slow")
class PasswordPathsTest {

    private static final String GOOD = "a password nobody else has";
    private static final BadPassword.Name STORED =
            new BadPassword.Name("ada.lovelace.of.london@example.com", "the-countess-of-lovelace");
    private static final BadPassword.Name NEW =
            new BadPassword.Name("grace.hopper.of.the.navy@example.com", "rear-admiral-hopper");

    @TempDir
    private static Path folder;

    private static RunningServer server;
    private static Requests requests;
    private static String config;
    private static String standardToken;
    private static String updateToken;

    /** A path, the user whose password it sets, and what it answers. */
    private enum SettingPath {
        REGISTER(NEW, RefusalWords.WIRE) {
            @Override
            String set(BadPassword.Name name, String password) {
                return requests.post(
                                "/auth/register",
                                json(Map.of("email", name.email(), "username", name.username(), "password", password)))
                        .body();
            }
        },
        REGISTER_BY_FILE(NEW, RefusalWords.FILE) {
            @Override
            String set(BadPassword.Name name, String password) {
                return requests.post(
                                "/rw/api/users",
                                user(Map.of("email", name.email(), "username", name.username(), "password", password)))
                        .body();
            }
        },
        UPDATE(STORED, RefusalWords.FILE) {
            @Override
            String set(BadPassword.Name name, String password) {
                return requests.put("/rw/api/user", "Token " + updateToken, user(Map.of("password", password)))
                        .body();
            }
        },
        /** The name that the same request gives counts. */
        UPDATE_WITH_NEW_NAME(NEW, RefusalWords.FILE) {
            @Override
            String set(BadPassword.Name name, String password) {
                return requests.put(
                                "/rw/api/user",
                                "Token " + updateToken,
                                user(Map.of("email", name.email(), "username", name.username(), "password", password)))
                        .body();
            }
        },
        CHANGE(STORED, RefusalWords.WIRE) {
            @Override
            String set(BadPassword.Name name, String password) {
                return requests.post(
                                "/auth/password",
                                "Bearer " + standardToken,
                                json(Map.of("current_password", GOOD, "new_password", password)))
                        .body();
            }
        },
        USER_ADD(NEW, RefusalWords.COMMAND) {
            @Override
            String set(BadPassword.Name name, String password) {
                return refused(CommandRun.withInput(
                        password + "\n",
                        "user",
                        "add",
                        config,
                        "--email",
                        name.email(),
                        "--username",
                        name.username()));
            }
        },
        USER_SET_PASSWORD(STORED, RefusalWords.COMMAND) {
            @Override
            String set(BadPassword.Name name, String password) {
                return refused(CommandRun.withInput(password + "\n", "user", "set-password", config, name.email()));
            }
        },
        USER_IMPORT(NEW, RefusalWords.IMPORT) {
            @Override
            String set(BadPassword.Name name, String password) throws IOException {
                Path rejects = folder.resolve("rejects.jsonl");
                String row = json(Map.of("email", name.email(), "username", name.username(), "password", password));
                CommandRun run = CommandRun.withInput(
                        row + "\n",
                        "user",
                        "import",
                        config,
                        "-",
                        "--format",
                        "jsonl",
                        "--rejects",
                        rejects.toString());
                assertThat(run.out()).contains("added 0, updated 0, already there 0, rejected 1");
                assertThat(run.code()).isEqualTo(1);
                return Files.readString(rejects);
            }
        },
        AUTH_REGISTER(NEW, RefusalWords.FLAW) {
            @Override
            String set(BadPassword.Name name, String password) {
                Auth auth = auth();
                RegisterUser.Outcome outcome = auth.register(Registration.builder(RawPassword.of(password))
                        .email(name.email())
                        .username(name.username())
                        .build());
                return ((RegisterUser.Outcome.Rejected) outcome).problems().toString();
            }
        },
        AUTH_UPDATE(STORED, RefusalWords.FLAW) {
            @Override
            String set(BadPassword.Name name, String password) {
                Auth auth = auth();
                User user = ((RegisterUser.Outcome.Registered) auth.register(Registration.builder(RawPassword.of(GOOD))
                                .email(name.email())
                                .username(name.username())
                                .build()))
                        .user();
                UpdateUser.Outcome outcome =
                        auth.update(user.id(), UserChange.ofPasswordWithoutCurrent(RawPassword.of(password)));
                return ((UpdateUser.Outcome.Rejected) outcome).problems().toString();
            }
        };

        private final BadPassword.Name name;
        private final Map<UserFlaw, String> words;

        SettingPath(BadPassword.Name name, Map<UserFlaw, String> words) {
            this.name = name;
            this.words = words;
        }

        abstract String set(BadPassword.Name name, String password) throws IOException;
    }

    static Stream<Arguments> all() {
        return Stream.of(SettingPath.values())
                .flatMap(path -> Stream.of(BadPassword.values())
                        .filter(bad -> bad != BadPassword.SURROGATE || path.words.equals(RefusalWords.FLAW))
                        .map(bad -> Arguments.of(path, bad)));
    }

    @BeforeAll
    static void start() throws Exception {
        String strict = ShippedDialects.text("realworld")
                .replace("minimum: 8", "minimum: 15")
                .replace("refuse_common: false", "refuse_common: true")
                .replace("    too_short:", "    too_common: is too common\n    too_short:");
        Files.writeString(folder.resolve("strict.yaml"), strict);
        Files.writeString(folder.resolve("words.txt"), "another\n" + BadPassword.BLOCKED_WORD + "\n");
        Path file = Files.writeString(folder.resolve("server.yaml"), """
                data: data
                bcrypt_cost: 10
                registration: true
                password_minimum: 15
                password_blocklist: words.txt
                dialects: [standard, {file: strict.yaml, prefix: /rw}]
                """);
        config = "--config=" + file;
        server = RunningServer.start(folder.resolve("data"), config);
        requests = server.requests();
        requests.register("/rw", STORED.email(), STORED.username(), GOOD);
        standardToken = requests.token(STORED.email(), GOOD);
        updateToken = Requests.text(
                requests.post("/rw/api/users/login", user(Map.of("email", STORED.email(), "password", GOOD))),
                "/user/token");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("all")
    void a_bad_password_is_refused_with_the_reason_and_nothing_is_stored(SettingPath path, BadPassword bad)
            throws IOException {
        String before = CommandRun.of("user", "export", config).out();

        String answer = path.set(path.name, bad.of(path.name));

        assertThat(answer).contains(path.words.get(bad.flaw()));
        assertThat(CommandRun.of("user", "export", config).out()).isEqualTo(before);
        assertThat(before.lines()).hasSize(1);
    }

    @Test
    void the_current_password_is_needed_and_has_to_be_right() {
        String good = "another password of nobody else";

        String wrong = json(Map.of("current_password", "not the current one", "new_password", good));
        assertThat(requests.post("/auth/password", "Bearer " + standardToken, wrong)
                        .body())
                .contains("is not the current password");
        String absent = json(Map.of("new_password", good));
        assertThat(requests.post("/auth/password", "Bearer " + standardToken, absent)
                        .body())
                .contains("is required");
        assertThat(requests.login(STORED.email(), GOOD).statusCode()).isEqualTo(200);
    }

    private static String refused(CommandRun run) {
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("nothing was changed");
        return run.err();
    }

    private static String user(Map<String, String> members) {
        return "{\"user\":" + json(members) + "}";
    }

    private static String json(Map<String, String> members) {
        return JsonText.write(JsonObject.of(members.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> new JsonString(e.getValue())))));
    }

    private static Auth auth() {
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        KeyMaterial key = KeyMaterial.generate(SigningAlgorithm.ES256, clock.instant(), random);
        return Auth.builder()
                .users(new InMemoryUserStore())
                .hasher(PlainPasswordHasher.keepingPasswordsInTheClear())
                .dialect(
                        ShippedDialects.dialect("standard").withoutSessions(),
                        new JjwtTokenCodec(KeyRing.signingWith(key), random),
                        new CommonPasswords().including(List.of(BadPassword.BLOCKED_WORD)))
                .clock(clock)
                .random(random)
                .build();
    }
}
