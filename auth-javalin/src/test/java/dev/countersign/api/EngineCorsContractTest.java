package dev.countersign.api;

import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Browser;
import dev.countersign.javalin.http.RunningApp.Parts;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.DialectContract;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import java.time.InstantSource;
import java.util.List;

/** The engine alone, used by a page of an allowed origin: it may send and read all that the recordings send and read. */
class EngineCorsContractTest extends DialectContract {

    @Override
    protected List<String> dialects() {
        return ShippedDialects.names();
    }

    @Override
    protected Running start(String dialect, InstantSource clock) {
        UserStore users = new InMemoryUserStore();
        PasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
        LoginApi api = new Parts(users, hasher, clock)
                .mount(ShippedDialects.dialect(dialect))
                .withCors(CorsPolicy.allowing("https://other.example.com", Browser.ORIGIN));
        return new Running(new Browser(api::handle, api.dialect()), users, hasher, () -> {});
    }
}
