package dev.countersign.javalin;

import dev.countersign.api.LoginApi;
import dev.countersign.javalin.http.ServedDialects;
import io.javalin.Javalin;
import java.util.List;

/** The plugin in a Javalin application of its own. */
class ShippedDialectsContractTest extends ServedDialects {

    @Override
    protected Served serve(LoginApi api) {
        Javalin application = DialectServer.start(List.of(api));
        return new Served(DialectServer.address(application), application::stop);
    }
}
