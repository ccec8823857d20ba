package dev.countersign.servlet;

import dev.countersign.api.LoginApi;
import dev.countersign.javalin.http.BrowserDialects;

/** The filter in a plain Jetty, used by a page of an allowed origin. */
class FilterCorsContractTest extends BrowserDialects {

    @Override
    protected Served serveAllowed(LoginApi api) {
        PlainJetty server = PlainJetty.start(LoginFilter.of(api));
        return new Served(server.address(), server::close);
    }
}
