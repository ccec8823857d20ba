package dev.countersign.server;

import java.time.Duration;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.NanoTime;

/** HTTP/1.1 with a deadline for the head of a request. An idle timeout alone never stops a client that sends its head one byte at a time. */
final class HeadDeadline extends HttpConnectionFactory {

    private final Duration deadline;

    HeadDeadline(HttpConfiguration http, Duration deadline) {
        super(http);
        this.deadline = deadline;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new Watched(getHttpConfiguration(), connector, endPoint), connector, endPoint);
    }

    private final class Watched extends HttpConnection {

        private boolean begun;
        private long beginning;

        Watched(HttpConfiguration http, Connector connector, EndPoint endPoint) {
            super(http, connector, endPoint);
        }

        /** The deadline also limits a client that sends nothing at all. */
        @Override
        public void onOpen() {
            getEndPoint()
                    .setIdleTimeout(Math.min(deadline.toMillis(), getConnector().getIdleTimeout()));
            super.onOpen();
        }

        /** Bytes of a head have arrived; Jetty reads the bytes of a body through another method. */
        @Override
        public void onFillable() {
            if (begun && NanoTime.since(beginning) > deadline.toNanos()) {
                close();
                return;
            }
            boolean begins = !begun;
            if (begins) {
                begun = true;
                beginning = NanoTime.now();
            }
            long heads = getMessagesIn();
            long bytes = getBytesIn();
            super.onFillable();
            // TLS can wake up for a record without a byte of HTTP, which neither begins a head nor extends its
            // deadline.
            if (getMessagesIn() != heads || (begins && getBytesIn() == bytes)) {
                begun = false;
            }
            if (heads == 0 && getMessagesIn() > 0) {
                getEndPoint().setIdleTimeout(getConnector().getIdleTimeout());
                // A shutdown shortens the timeout: keep it short if one has begun.
                if (getConnector().isShutdown()) {
                    getEndPoint().setIdleTimeout(shutdownIdle());
                }
            }
        }

        private long shutdownIdle() {
            return getConnector() instanceof AbstractConnector connector ? connector.getShutdownIdleTimeout() : 1;
        }
    }
}
