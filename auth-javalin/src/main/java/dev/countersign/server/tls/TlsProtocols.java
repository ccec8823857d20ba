package dev.countersign.server.tls;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;

/** HTTP/2 and HTTP/1.1 over TLS; the client chooses by ALPN (RFC 7301), and without it speaks HTTP/1.1. */
public final class TlsProtocols {

    private TlsProtocols() {}

    /**
     * Returns the protocols of a connector.
     *
     * @param context the certificate and the rules of TLS
     * @param http1 HTTP/1.1
     * @param deadline the timeout for a handshake, and for the first request of an HTTP/2 connection
     * @return the protocols, the outermost first
     */
    public static List<ConnectionFactory> of(TlsContext context, HttpConnectionFactory http1, Duration deadline) {
        requireNonNull(context, "context");
        requireNonNull(http1, "http1");
        requireNonNull(deadline, "deadline");

        HttpConfiguration http = http1.getHttpConfiguration();
        // Not checked: whether the certificate is for the Host of a request. Health checks ask by address.
        http.addCustomizer(new SecureRequestCustomizer(false));
        // A copy: HTTP/2 has buffers of its own size.
        StreamDeadline http2 = new StreamDeadline(new HttpConfiguration(http), deadline);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return List.of(new HandshakeDeadline(context, alpn.getProtocol(), deadline), alpn, http2, http1);
    }
}
