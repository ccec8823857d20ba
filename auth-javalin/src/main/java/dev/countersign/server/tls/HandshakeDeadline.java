package dev.countersign.server.tls;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/** TLS with a deadline for the handshake. An idle timeout alone never stops a client that sends its handshake one byte at a time. */
final class HandshakeDeadline extends SslConnectionFactory {

    private final Duration deadline;

    HandshakeDeadline(TlsContext context, String next, Duration deadline) {
        super(context.factory(), next);
        this.deadline = deadline;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        Connection connection = super.newConnection(connector, endPoint);
        Scheduler.Task alarm =
                connector.getScheduler().schedule(endPoint::close, deadline.toMillis(), TimeUnit.MILLISECONDS);
        ((SslConnection) connection).addHandshakeListener(new SslHandshakeListener() {
            @Override
            public void handshakeSucceeded(Event event) {
                alarm.cancel();
            }

            @Override
            public void handshakeFailed(Event event, Throwable failure) {
                alarm.cancel();
            }
        });
        connection.addEventListener(new Connection.Listener() {
            @Override
            public void onClosed(Connection closed) {
                alarm.cancel();
            }
        });
        return connection;
    }
}
