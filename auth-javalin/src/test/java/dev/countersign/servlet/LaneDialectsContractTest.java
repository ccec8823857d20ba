package dev.countersign.servlet;

import dev.countersign.api.LoginApi;
import dev.countersign.javalin.http.ServedDialects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The filter in a plain Jetty, with logins on threads of their own: every answer is complete when its request is over. */
class LaneDialectsContractTest extends ServedDialects {

    @Override
    protected Served serve(LoginApi api) {
        ExecutorService lane = Executors.newFixedThreadPool(2);
        PlainJetty server = PlainJetty.start(LoginFilter.of(api).hashingOn(lane));
        return new Served(server.address(), () -> {
            server.close();
            lane.shutdown();
        });
    }
}
