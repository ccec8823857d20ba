package dev.countersign.servlet;

import dev.countersign.api.Answer;
import dev.countersign.api.Body;
import dev.countersign.api.LoginApis;
import dev.countersign.api.Request;
import dev.countersign.api.RequestHead;
import dev.countersign.dialect.Reason;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Answers one request on a thread of a lane, once its body is there. */
record LaneTask(LoginApis apis, RequestHead head, Executor lane, AsyncContext context) implements Consumer<Body> {

    @Override
    public void accept(Body body) {
        // From here on the time is ours, not the client's.
        context.setTimeout(0);
        try {
            lane.execute(() -> {
                try (body) {
                    send(apis.handle(new Request(head, body)));
                }
            });
        } catch (RejectedExecutionException full) {
            body.close();
            send(apis.refuse(head, Reason.UNAVAILABLE));
        }
    }

    private void send(Answer answer) {
        try {
            ServletTransport.send(answer, (HttpServletResponse) context.getResponse());
        } catch (IOException gone) {
            // Nobody is there to read the answer.
        } finally {
            context.complete();
        }
    }
}
