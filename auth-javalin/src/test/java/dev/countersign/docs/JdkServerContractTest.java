package dev.countersign.docs;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.api.LoginApi;
import dev.countersign.javalin.http.ServedDialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The forty lines of docs/servlet.md keep what the dialects promise. */
class JdkServerContractTest extends ServedDialects {

    static {
        // Otherwise each answer waits 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    @Override
    protected Served serve(LoginApi api) {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            HttpServer server =
                    JdkServer.start(api, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), threads);
            return new Served(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()), () -> {
                        server.stop(0);
                        threads.shutdown();
                    });
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }
}
