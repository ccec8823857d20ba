package dev.countersign.servlet;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.RunningApp.Parts;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.DialectContract;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import java.time.InstantSource;
import java.util.List;

/** The filter in a plain Jetty: what the engine answers arrives. */
class ServletDialectsContractTest extends DialectContract {

    @Override
    protected List<String> dialects() {
        return ShippedDialects.names();
    }

    @Override
    protected Running start(String dialect, InstantSource clock) {
        UserStore users = new InMemoryUserStore();
        PasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
        LoginApi api = new Parts(users, hasher, clock).mount(ShippedDialects.dialect(dialect));
        PlainJetty server = PlainJetty.start(LoginFilter.of(api));
        return Running.at(server.address(), users, hasher, server::close);
    }
}
