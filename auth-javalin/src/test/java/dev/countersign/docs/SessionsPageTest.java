package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.AuthBuilder;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.session.IssuedTokens;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.NamedUsers;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.Sessions;
import dev.countersign.user.User;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What docs/sessions.md says to applications. */
class SessionsPageTest {

    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();
    private final InstantSource clock = InstantSource.system();

    @Test
    void sessions_are_stored_ended_and_reported() {
        SQLiteDataSource pool = new SQLiteDataSource();
        pool.setUrl(SqliteUrl.of(folder.resolve("users.db")));
        JdbiAuthStores stores = JdbiAuthStores.over(pool);
        stores.migrate();
        SecureRandom random = new SeededRandom(1);
        PlainPasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
        NamedUsers.storeIn(stores.users(), hasher);
        KeyRing keys = KeyRing.signingWith(KeyMaterial.generate(SigningAlgorithm.ES256, clock.instant(), random));
        AuthBuilder builder = Auth.builder()
                .hasher(hasher)
                .dialect(
                        ShippedDialects.dialect("standard"),
                        new JjwtTokenCodec(keys, random),
                        "123456789012345"::equals)
                .clock(clock)
                .random(random);
        // snippet: sessions
        Sessions sessions = Sessions.over(stores.sessions(), stores.changes(), stores.unitOfWork(), clock)
                .events(event -> log.add(event.toString()))
                .start();
        Auth auth = builder.users(stores.users()).sessions(sessions, "shop").build();
        // end
        try (sessions) {
            User user = stores.users().page(null, 1).get(0);
            IssuedTokens tokens = ((LogIn.Outcome.LoggedIn) auth.logInWithoutPassword(user)).tokens();
            Authenticated by = (Authenticated) auth.authenticate(tokens.access().token());
            assertThat(auth.logOut().sessions(user)).hasSize(1);
            auth.logOut().ofThisSession(by);
            assertThat(auth.authenticate(tokens.access().token())).isNotInstanceOf(Authenticated.class);
            assertThat(log).hasSize(2).last().asString().contains("LOGOUT");
            assertThat(sessions.health().isSilent()).isFalse();
        }
    }
}
