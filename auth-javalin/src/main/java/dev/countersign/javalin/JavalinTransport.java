package dev.countersign.javalin;

import dev.countersign.api.Answer;
import dev.countersign.api.Body;
import dev.countersign.api.LoginApis;
import dev.countersign.api.Plan;
import dev.countersign.api.Request;
import dev.countersign.api.RequestHead;
import dev.countersign.dialect.Reason;
import dev.countersign.javalin.jetty.UnreadBody;
import dev.countersign.servlet.ServletTransport;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Converts a Javalin request to a {@link Request}, and an {@link Answer} to a Javalin response. */
final class JavalinTransport {

    private static final String WRITTEN = JavalinTransport.class.getName() + ".status";

    private JavalinTransport() {}

    /** Answers a request: one that may hash a password on the lane, so that it holds no thread of the server while it waits. */
    static void answer(LoginApis apis, Executor lane, Context context) {
        RequestHead head = ServletTransport.head(context.req());
        Plan plan = apis.plan(head);
        Body body = body(context, plan.maxBodyBytes());
        // Other filters of the application may not support asynchronous processing.
        if (plan.lane() == Plan.Lane.HASHING
                && body.isReadable()
                && context.req().isAsyncSupported()) {
            context.future(() -> handOver(apis, lane, new Request(head, body), context));
        } else {
            answer(apis, new Request(head, body), context);
        }
    }

    private static void answer(LoginApis apis, Request request, Context context) {
        try {
            send(apis.handle(request), context);
        } finally {
            request.body().close();
        }
    }

    /** Javalin has started the asynchronous processing of the request before it calls this. */
    private static CompletableFuture<?> handOver(LoginApis apis, Executor lane, Request request, Context context) {
        // The wait is bounded by the hash budget. Javalin would answer a timeout itself, while the lane writes its
        // answer.
        context.req().getAsyncContext().setTimeout(0);
        try {
            return CompletableFuture.runAsync(() -> answer(apis, request, context), lane);
        } catch (RejectedExecutionException full) {
            request.body().close();
            send(apis.refuse(request.head(), Reason.UNAVAILABLE), context);
            return CompletableFuture.completedFuture(null);
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
