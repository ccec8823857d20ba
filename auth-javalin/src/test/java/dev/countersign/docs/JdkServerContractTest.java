package dev.countersign.docs;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.api.LoginApi;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.RunningApp.Parts;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.DialectContract;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The forty lines of docs/servlet.md keep what the dialects promise. */
class JdkServerContractTest extends DialectContract {

    static {
        // Otherwise each answer waits 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    @Override
    protected List<String> dialects() {
        return ShippedDialects.names();
    }

    @Override
    protected Running start(String dialect, InstantSource clock) {
        UserStore users = new InMemoryUserStore();
        PasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
        LoginApi api = new Parts(users, hasher, clock).mount(ShippedDialects.dialect(dialect));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            HttpServer server =
                    JdkServer.start(api, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), threads);
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            return Running.at(address, users, hasher, () -> {
                server.stop(0);
                threads.shutdown();
            });
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }
}
