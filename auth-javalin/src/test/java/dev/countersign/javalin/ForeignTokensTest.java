package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.NamedUsers;
import io.javalin.Javalin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All dialects over the same users, each with a key of its own. */
class ForeignTokensTest {

    private final MutableClock clock = new MutableClock();
    private final InMemoryUserStore users = new InMemoryUserStore();
    private final PasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();

    private LoginApi mount(String name) {
        Dialect dialect = ShippedDialects.dialect(name);
        return DialectServer.mount(dialect, users, hasher, DialectServer.newKey(dialect, clock), clock)
                .under("/" + name);
    }

    @Test
    void a_token_of_one_dialect_is_refused_by_every_other() throws Exception {
        NamedUsers.storeIn(users, hasher);
        List<LoginApi> mounts =
                ShippedDialects.names().stream().map(this::mount).toList();
        Javalin application = DialectServer.start(mounts);
        try {
            Map<String, String> tokens = new LinkedHashMap<>();
            Map<String, WireClient> clients = new LinkedHashMap<>();
            for (LoginApi mount : mounts) {
                String name = mount.dialect().name();
                WireClient client =
                        new WireClient(mount.dialect(), DialectServer.address(application) + mount.prefix());
                clients.put(name, client);
                tokens.put(name, client.logIn("Han@Falcon.example", "han.solo", "kessel run in 12 parsecs"));
            }
            for (var token : tokens.entrySet()) {
                for (var client : clients.entrySet()) {
                    assertThat(client.getValue().me(token.getValue()).statusCode())
                            .as("a token of %s shown to %s", token.getKey(), client.getKey())
                            .isEqualTo(token.getKey().equals(client.getKey()) ? 200 : 401);
                }
            }
        } finally {
            application.stop();
        }
    }
}
