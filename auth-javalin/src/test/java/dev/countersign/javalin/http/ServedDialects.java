package dev.countersign.javalin.http;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.RunningApp.Parts;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.DialectContract;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/** The recordings of every shipped dialect, with users in memory, through one adapter. */
public abstract class ServedDialects extends DialectContract {

    /**
     * An adapter that runs.
     *
     * @param address its address
     * @param stop stops it
     */
    public record Served(URI address, Runnable stop) {}

    /** {@return an adapter that serves this API at its documented paths} */
    protected abstract Served serve(LoginApi api);

    @Override
    protected List<String> dialects() {
        return ShippedDialects.names();
    }

    @Override
    protected Running start(String dialect, InstantSource clock) {
        UserStore users = new InMemoryUserStore();
        PasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
        Served served = serve(new Parts(users, hasher, clock).mount(ShippedDialects.dialect(dialect)));
        return Running.at(served.address(), users, hasher, served.stop());
    }
}
