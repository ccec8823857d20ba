package dev.countersign.javalin.jetty;

import dev.countersign.javalin.wire.RequestHead;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** The head of a request that has come in. */
record JettyHead(Request request, String contextPath) implements RequestHead {

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        String path = String.valueOf(request.getHttpURI().getPath());
        return path.startsWith(contextPath) ? path.substring(contextPath.length()) : path;
    }

    @Override
    public long length() {
        return RequestHead.length(
                request.getLength(),
                request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING),
                request.getConnectionMetaData().getProtocol());
    }

    @Override
    public List<String> headers(String name) {
        return request.getHeaders().getValuesList(name);
    }
}
