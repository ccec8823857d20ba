package dev.countersign.server;

import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The server's TCP port, bound before any file is created. Connections wait in its queue until the server is ready. */
final class ListeningPort implements AutoCloseable {

    // Length of the queue for new connections; the system's default is short.
    private static final int QUEUE = 1024;
    private static final int FIRST_UNPRIVILEGED = 1024;

    private final String host;
    private final InetAddress address;
    private final ServerSocketChannel channel;
    private final String scheme;

    private ListeningPort(String host, InetAddress address, ServerSocketChannel channel, String scheme) {
        this.host = host;
        this.address = address;
        this.channel = channel;
        this.scheme = scheme;
    }

    /**
     * Binds the port.
     *
     * @param host an address or a name
     * @param port the port; 0 for any free one
     * @return the bound port
     * @throws ConfigException if it cannot be bound; the message names the wrong one of host and port
     */
    static ListeningPort bind(String host, int port) throws ConfigException {
        return bind(host, port, new Flags(Setting.HOST.flag(), Setting.PORT.flag()));
    }

    /** Binds the management port, as {@link #bind}. */
    static ListeningPort bindManagement(String host, int port) throws ConfigException {
        return bind(host, port, new Flags(Setting.MANAGEMENT_HOST.flag(), Setting.MANAGEMENT_PORT.flag()));
    }

    /** What a message tells to change. */
    private record Flags(String host, String port) {}

    private static ListeningPort bind(String host, int port, Flags flags) throws ConfigException {
        InetAddress address = resolve(host, port, flags);
        try {
            return new ListeningPort(host, address, bound(address, port), "http");
        } catch (IOException refused) {
            throw refusal(host, port, reason(address, port, refused, flags));
        }
    }

    private static InetAddress resolve(String host, int port, Flags flags) throws ConfigException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw refusal(
                    host, port, "there is no machine or address " + host + "; give an address as " + flags.host());
        }
    }

    private static ServerSocketChannel bound(InetAddress address, int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.socket().setReuseAddress(true);
            return channel.bind(new InetSocketAddress(address, port), QUEUE);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    private static String reason(InetAddress address, int port, IOException refused, Flags flags) {
        if (port == 0 || !canBindAnyPort(address)) {
            return address.getHostAddress() + " is not an address of this machine; give one of its addresses as "
                    + flags.host();
        }
        boolean denied =
                String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT).contains("denied");
        return port < FIRST_UNPRIVILEGED && denied
                ? "a port below " + FIRST_UNPRIVILEGED + " needs rights that this user does not have; give another "
                        + flags.port()
                : "another process listens on port " + port + "; give another " + flags.port();
    }

    private static boolean canBindAnyPort(InetAddress address) {
        try (ServerSocketChannel any = bound(address, 0)) {
            return any.isOpen();
        } catch (IOException refused) {
            return false;
        }
    }

    private static ConfigException refusal(String host, int port, String reason) {
        return new ConfigException("cannot listen on " + literal(host) + ":" + port + ": " + reason);
    }

    /** The same port, whose URL says that it speaks TLS. */
    ListeningPort withTls() {
        return new ListeningPort(host, address, channel, "https");
    }

    /** The connector that accepts the port's connections once the server is started; the outermost protocol is the first. */
    Connector connector(Server server, List<? extends ConnectionFactory> protocols) {
        ServerConnector connector = new ServerConnector(server, protocols.toArray(ConnectionFactory[]::new));
        try {
            connector.open(channel);
            return connector;
        } catch (IOException closed) {
            throw new IllegalStateException("the port was given up", closed);
        }
    }

    /** The configured address or host name. */
    String host() {
        return host;
    }

    /** Whether only this machine can reach it. */
    boolean isPrivate() {
        return address.isLoopbackAddress();
    }

    /** Whether it listens on every address of this machine. */
    boolean isEverywhere() {
        return address.isAnyLocalAddress();
    }

    /** The server's URL for clients on this machine, such as {@code http://127.0.0.1:8080}. */
    String url() {
        return url(shownHost());
    }

    /** The host for clients on this machine. */
    String shownHost() {
        if (isEverywhere()) {
            return host.contains(":") ? "::1" : "127.0.0.1";
        }
        return host;
    }

    /** Host and port for clients on this machine, such as {@code 127.0.0.1:8080}. */
    String authority() {
        return literal(shownHost()) + ":" + channel.socket().getLocalPort();
    }

    /** The server's URL for a client that knows it by another name. */
    String url(String name) {
        return scheme + "://" + literal(name) + ":" + channel.socket().getLocalPort();
    }

    // A URL writes the percent sign before a zone, as in fe80::1%eth0, as %25 (RFC 6874 §2).
    private static String literal(String host) {
        return host.contains(":") ? "[" + host.replace("%", "%25") + "]" : host;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyClosed) {
            return;
        }
    }
}
