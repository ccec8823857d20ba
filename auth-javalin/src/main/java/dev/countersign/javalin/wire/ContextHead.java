package dev.countersign.javalin.wire;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;

/** The head of a request that Javalin handles. */
record ContextHead(Context context) implements RequestHead {

    @Override
    public String method() {
        return MountedDialect.sentMethod(context);
    }

    @Override
    public String path() {
        return context.req()
                .getRequestURI()
                .substring(context.req().getContextPath().length());
    }

    @Override
    public long length() {
        return RequestHead.length(
                context.req().getContentLengthLong(),
                !headers("Transfer-Encoding").isEmpty(),
                context.req().getProtocol());
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(context.req().getHeaders(name));
    }
}
