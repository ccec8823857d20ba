package dev.countersign.javalin.jetty;

import dev.countersign.api.Headers;
import dev.countersign.api.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Converts the head of a Jetty request. */
final class JettyHead {

    private JettyHead() {}

    /** {@return the length of the body as defined by {@link RequestHead#length()}} */
    static long length(Request request) {
        return RequestHead.length(
                request.getLength(),
                request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING),
                request.getConnectionMetaData().getProtocol());
    }

    static RequestHead of(Request request, String contextPath) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            fields.add(Map.entry(field.getName(), value == null ? "" : value));
        }
        String path = String.valueOf(request.getHttpURI().getPath());
        String query = request.getHttpURI().getQuery();
        return new RequestHead(
                request.getMethod(),
                path.startsWith(contextPath) ? path.substring(contextPath.length()) : path,
                query == null ? "" : query,
                Headers.of(fields),
                length(request),
                Request.getRemoteAddr(request));
    }
}
