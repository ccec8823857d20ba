package dev.countersign.javalin;

import dev.countersign.api.LoginApi;
import dev.countersign.javalin.http.BrowserDialects;
import io.javalin.Javalin;
import java.util.List;

/** The plugin in a Javalin application, used by a page of an allowed origin. */
class PluginCorsContractTest extends BrowserDialects {

    @Override
    protected Served serveAllowed(LoginApi api) {
        Javalin application = DialectServer.start(List.of(api));
        return new Served(DialectServer.address(application), application::stop);
    }
}
