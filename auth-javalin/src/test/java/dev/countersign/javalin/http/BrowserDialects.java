package dev.countersign.javalin.http;

import dev.countersign.api.Answer;
import dev.countersign.api.CorsPolicy;
import dev.countersign.api.LoginApi;
import dev.countersign.api.Request;
import dev.countersign.dialect.file.ShippedDialects;
import java.time.InstantSource;
import java.util.function.Function;

/** The recordings of every shipped dialect, played by a page of another origin whose origin is allowed. */
public abstract class BrowserDialects extends ServedDialects {

    @Override
    protected Running start(String dialect, InstantSource clock) {
        Running served = super.start(dialect, clock);
        Function<Request, Answer> page = new Browser(served.wire(), ShippedDialects.dialect(dialect));
        return new Running(page, served.users(), served.hasher(), served.stop());
    }

    @Override
    protected final Served serve(LoginApi api) {
        return serveAllowed(api.withCors(CorsPolicy.allowing(Browser.ORIGIN)));
    }

    /** {@return an adapter that serves this API, which allows the page} */
    protected abstract Served serveAllowed(LoginApi api);
}
