package dev.countersign.javalin;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.DialectContract;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import java.time.InstantSource;
import java.util.List;

class ShippedDialectsContractTest extends DialectContract {

    @Override
    protected List<String> dialects() {
        return ShippedDialects.names();
    }

    @Override
    protected Running start(String name, InstantSource clock) {
        Dialect dialect = ShippedDialects.dialect(name);
        UserStore users = new InMemoryUserStore();
        PasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
        LoginApi mount = DialectServer.mount(dialect, users, hasher, DialectServer.newKey(dialect, clock), clock);
        return DialectServer.running(mount, users, hasher);
    }
}
