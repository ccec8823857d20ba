package dev.countersign.server.management;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.server.management.HealthCheck.Finding;
import dev.countersign.server.management.HealthCheck.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages of the management port. */
final class ManagementPages extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementPages.class);
    private static final String JSON = "application/json";
    private static final String LIVE = "/health/live";
    private static final String READY = "/health/ready";
    private static final ImmutableList<String> PATHS = ImmutableList.of(LIVE, READY, "/metrics");

    private final Readiness readiness;
    private final Metrics metrics;

    ManagementPages(Readiness readiness, Metrics metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    private record Page(int status, String type, String text) {

        static Page of(int status, String error) {
            return new Page(status, JSON, "{\"error\":\"" + error + "\"}");
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Page page;
        try {
            page = page(request, response);
        } catch (RuntimeException failed) {
            LOG.warn("the management port cannot answer", failed);
            page = Page.of(HttpStatus.INTERNAL_SERVER_ERROR_500, "see the server's log");
        }
        byte[] bytes = page.text().getBytes(StandardCharsets.UTF_8);
        response.setStatus(page.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, page.type());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        ByteBuffer content = HttpMethod.HEAD.is(request.getMethod()) ? ByteBuffer.allocate(0) : ByteBuffer.wrap(bytes);
        response.write(true, content, callback);
        return true;
    }

    private Page page(Request request, Response response) {
        String path = Request.getPathInContext(request);
        if (!PATHS.contains(path)) {
            return Page.of(HttpStatus.NOT_FOUND_404, "try " + String.join(", ", PATHS));
        }
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            return Page.of(HttpStatus.METHOD_NOT_ALLOWED_405, "only GET and HEAD");
        }
        return switch (path) {
            case LIVE -> new Page(HttpStatus.OK_200, JSON, "{\"status\":\"up\"}");
            case READY -> ready();
            default -> new Page(HttpStatus.OK_200, Metrics.CONTENT_TYPE, metrics.text());
        };
    }

    private Page ready() {
        Map<String, Finding> findings = readiness.findings();
        State worst = Readiness.worst(findings);
        JsonArray checks = JsonArray.of(findings.entrySet().stream()
                .map(one -> JsonObject.of(ImmutableMap.of(
                        "name", new JsonString(one.getKey()),
                        "status", new JsonString(word(one.getValue().state())),
                        "reason", new JsonString(one.getValue().reason()))))
                .toList());
        JsonObject answer = JsonObject.of(ImmutableMap.of("status", new JsonString(word(worst)), "checks", checks));
        return new Page(
                worst == State.DOWN ? HttpStatus.SERVICE_UNAVAILABLE_503 : HttpStatus.OK_200,
                JSON,
                JsonText.write(answer));
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
