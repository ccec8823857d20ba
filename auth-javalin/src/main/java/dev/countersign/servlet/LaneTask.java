package dev.countersign.servlet;

import dev.countersign.api.Answer;
import dev.countersign.api.Body;
import dev.countersign.api.LoginApis;
import dev.countersign.api.Request;
import dev.countersign.api.RequestHead;
import dev.countersign.dialect.Reason;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Answers one request on a thread of its lane, after its body has arrived. */
record LaneTask(LoginApis apis, RequestHead head, Executor lane, AsyncContext context) implements Consumer<Body> {

    @Override
    public void accept(Body body) {
        if (!body.isReadable()) {
            // Refused without hashing, so no thread of the lane is needed. If the container has reported an error, it
            // answers by itself once this method returns.
            answer(body);
            return;
        }
        try {
            lane.execute(() -> answer(body));
        } catch (RejectedExecutionException full) {
            body.close();
            send(apis.refuse(head, Reason.UNAVAILABLE), true);
        }
    }

    private void answer(Body body) {
        try (body) {
            send(apis.handle(new Request(head, body)), body.isReadable());
        }
    }

    private void send(Answer answer, boolean isRead) {
        try {
            HttpServletResponse response = (HttpServletResponse) context.getResponse();
            if (!isRead) {
                ServletTransport.giveUp((HttpServletRequest) context.getRequest(), response);
            }
            ServletTransport.send(answer, response);
        } catch (IOException | IllegalStateException gone) {
            // The client has gone.
        } finally {
            complete();
        }
    }

    private void complete() {
        try {
            context.complete();
        } catch (IllegalStateException over) {
            // The container has ended the request: the client has gone.
        }
    }
}
