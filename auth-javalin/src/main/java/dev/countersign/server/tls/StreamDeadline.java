package dev.countersign.server.tls;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/**
 * HTTP/2 with a deadline for the first request of a connection, and for the next one after the last was answered. Bytes that complete no request, such as
 * pings or a head that arrives one byte at a time, do not extend it. Jetty's limits of frames per second, which also stop rapid resets, stay on.
 */
final class StreamDeadline extends HTTP2ServerConnectionFactory {

    // A client may send as much before anybody reads it: of one request, and of all requests of a connection.
    private static final int STREAM_WINDOW = 1 << 16;
    private static final int CONNECTION_WINDOW = 1 << 17;
    // The least that RFC 9113 §6.5.2 recommends.
    private static final int MOST_STREAMS = 100;

    private final Duration deadline;

    StreamDeadline(HttpConfiguration http, Duration deadline) {
        super(http);
        this.deadline = deadline;
        setInitialStreamRecvWindow(STREAM_WINDOW);
        setInitialSessionRecvWindow(CONNECTION_WINDOW);
        setMaxConcurrentStreams(MOST_STREAMS);
        setConnectProtocolEnabled(false);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HTTP2Connection connection = (HTTP2Connection) super.newConnection(connector, endPoint);
        new Watch(connector, endPoint, connection.getSession()).schedule();
        return connection;
    }

    private final class Watch implements Runnable {

        private final Connector connector;
        private final EndPoint endPoint;
        private final HTTP2Session session;
        private long opened;
        private long lastBusy = NanoTime.now();

        Watch(Connector connector, EndPoint endPoint, HTTP2Session session) {
            this.connector = connector;
            this.endPoint = endPoint;
            this.session = session;
        }

        void schedule() {
            connector.getScheduler().schedule(this, deadline.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void run() {
            if (!endPoint.isOpen()) {
                return;
            }
            long now = session.getStreamsOpened();
            if (now != opened || !session.getStreams().isEmpty()) {
                opened = now;
                lastBusy = NanoTime.now();
            }
            long rest = opened == 0 ? deadline.toMillis() : connector.getIdleTimeout();
            if (NanoTime.millisSince(lastBusy) < rest) {
                schedule();
                return;
            }
            // In case that the client reads no more, either.
            connector.getScheduler().schedule(endPoint::close, deadline.toMillis(), TimeUnit.MILLISECONDS);
            session.close(ErrorCode.NO_ERROR.code, "idle", Callback.from(endPoint::close));
        }
    }
}
