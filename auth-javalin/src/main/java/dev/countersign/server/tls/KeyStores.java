package dev.countersign.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Hands an identity to Jetty. */
final class KeyStores {

    // The store never leaves the memory, so this protects nothing.
    private static final String NO_SECRET = "memory";

    private KeyStores() {}

    static void set(SslContextFactory.Server factory, TlsIdentity identity) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server",
                    identity.key(),
                    NO_SECRET.toCharArray(),
                    identity.chain().toArray(X509Certificate[]::new));
            factory.setKeyStore(store);
            factory.setKeyStorePassword(NO_SECRET);
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalStateException("the JVM cannot use the TLS key: " + unusable.getMessage(), unusable);
        }
    }
}
