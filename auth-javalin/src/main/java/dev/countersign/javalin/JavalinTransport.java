package dev.countersign.javalin;

import dev.countersign.api.Answer;
import dev.countersign.api.Body;
import dev.countersign.api.LoginApis;
import dev.countersign.api.Request;
import dev.countersign.api.RequestHead;
import dev.countersign.javalin.jetty.UnreadBody;
import dev.countersign.servlet.ServletTransport;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import java.io.IOException;

/** Converts a Javalin request to a {@link Request}, and an {@link Answer} to a Javalin response. */
final class JavalinTransport {

    private static final String WRITTEN = JavalinTransport.class.getName() + ".status";

    private JavalinTransport() {}

    /** Answers a request. */
    static void answer(LoginApis apis, Context context) {
        RequestHead head = ServletTransport.head(context.req());
        try (Body body = body(context, apis.plan(head).maxBodyBytes())) {
            send(apis.handle(new Request(head, body)), context);
        }
    }

    private static Body body(Context context, int maxBytes) {
        try {
            Body body = ServletTransport.body(context.req(), maxBytes);
            // If an earlier handler has read the body, Javalin has kept it.
            return body.length() == 0 && maxBytes > 0 && body.isReadable()
                    ? Body.of(context.bodyAsBytes().clone())
                    : body;
        } catch (ContentTooLargeResponse beyondTheApplicationsLimit) {
            return Body.tooLarge();
        } catch (IOException cutOff) {
            return UnreadBody.asBody(context.req());
        }
    }

    static void send(Answer answer, Context context) {
        UnreadBody.linger(context.req(), context.res());
        context.attribute(WRITTEN, answer.status());
        if (answer.headers().first("Content-Type").isEmpty()) {
            // Javalin would call a body that is empty text.
            context.res().setContentType(null);
        }
        ServletTransport.setHead(answer, context.res());
        context.result(answer.body());
    }

    /** Whether the response is still the engine's answer; a handler of the application may have failed since. */
    static boolean hasAnswered(Context context) {
        Integer status = context.attribute(WRITTEN);
        return status != null && status == context.statusCode();
    }
}
