package dev.countersign.server.tls;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers of HTTP/2 in memory until they are complete, and then sends them without a thread that waits. A client of HTTP/2 can decide to take no
 * byte of an answer, and a thread that writes the answer would wait for it. For servers whose answers are small.
 */
public final class AnswerBuffer extends Handler.Wrapper {

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        requireNonNull(request, "request");
        requireNonNull(response, "response");
        requireNonNull(callback, "callback");

        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            return super.handle(request, response, callback);
        }
        Buffered answer = new Buffered(request, response, callback);
        return super.handle(request, answer, answer);
    }

    private static final class Buffered extends Response.Wrapper implements Callback {

        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final Callback done;

        Buffered(Request request, Response response, Callback done) {
            super(request, response);
            this.done = done;
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
            if (content != null && content.hasRemaining()) {
                byte[] bytes = BufferUtil.toArray(content);
                body.write(bytes, 0, bytes.length);
                BufferUtil.clear(content);
            }
            callback.succeeded();
        }

        @Override
        public void succeeded() {
            super.write(true, ByteBuffer.wrap(body.toByteArray()), done);
        }

        @Override
        public void failed(Throwable failure) {
            done.failed(failure);
        }

        @Override
        public InvocationType getInvocationType() {
            return done.getInvocationType();
        }
    }
}
