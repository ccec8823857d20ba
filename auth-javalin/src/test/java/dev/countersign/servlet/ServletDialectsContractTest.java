package dev.countersign.servlet;

import dev.countersign.api.LoginApi;
import dev.countersign.javalin.http.ServedDialects;

/** The filter in a plain Jetty: what the engine answers arrives. */
class ServletDialectsContractTest extends ServedDialects {

    @Override
    protected Served serve(LoginApi api) {
        PlainJetty server = PlainJetty.start(LoginFilter.of(api));
        return new Served(server.address(), server::close);
    }
}
