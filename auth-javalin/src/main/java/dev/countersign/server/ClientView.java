package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import dev.countersign.server.config.TlsConfig;
import dev.countersign.server.tls.CertificateNames;
import dev.countersign.server.tls.TlsContext;
import java.util.Optional;

/**
 * How a client on this machine calls the server, so that it accepts the certificate.
 *
 * @param address the URL, with a name of the certificate if there is one
 * @param options what curl needs besides
 */
record ClientView(String address, ImmutableList<String> options) {

    static ClientView of(ListeningPort port, Optional<TlsConfig> files, Optional<TlsContext> tls) {
        return tls.isEmpty()
                ? new ClientView(port.url(), ImmutableList.of())
                : of(port, files.orElseThrow(), tls.get().names());
    }

    private static ClientView of(ListeningPort port, TlsConfig files, CertificateNames certificate) {
        ImmutableList.Builder<String> options = ImmutableList.builder();
        if (certificate.isSelfSigned()) {
            options.add("--cacert", files.certificate().toString());
        }
        String shown = port.shownHost();
        if (certificate.names().isEmpty() || certificate.names().contains(shown)) {
            return new ClientView(port.url(), options.build());
        }
        // The certificate is for another name, which may lead to another machine.
        options.add("--connect-to", "::" + port.authority());
        return new ClientView(port.url(certificate.names().get(0).replaceFirst("^\\*", "login")), options.build());
    }
}
