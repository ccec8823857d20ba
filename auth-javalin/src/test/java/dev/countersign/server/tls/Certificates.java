package dev.countersign.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of an authority of their own, made by openssl in a folder. */
final class Certificates {

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** Makes the authority, {@code ca.pem}. */
    static Certificates in(Path folder) throws IOException, InterruptedException {
        Certificates all = new Certificates(folder);
        all.openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem"
                + " -days 30 -subj /CN=Authority");
        return all;
    }

    /** Makes {@code NAME.pem}, the certificate and that of the authority, and {@code NAME.key}. */
    Certificates issue(String name, String newkey, int days) throws IOException, InterruptedException {
        openssl("req -newkey " + newkey + " -nodes -keyout " + name + ".key -out " + name + ".csr -subj /CN=" + name);
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost,DNS:login.example,IP:127.0.0.1");
        openssl("x509 -req -in " + name + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days " + days
                + " -extfile names -out " + name + ".own");
        Files.writeString(
                path(name + ".pem"), Files.readString(path(name + ".own")) + Files.readString(path("ca.pem")));
        only(path(name + ".key"), "rw-------");
        return this;
    }

    /** Runs openssl with words without spaces. */
    String openssl(String words) throws IOException, InterruptedException {
        return Program.done(folder, ("openssl " + words).split(" "));
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** Puts a certificate and its key in the place of others, at once each. */
    void copy(String from, String to) throws IOException {
        for (String ending : new String[] {".key", ".pem"}) {
            Path draft = path("draft" + ending);
            Files.copy(
                    path(from + ending),
                    draft,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(draft, path(to + ending), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    static void only(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    /** The flags of a server with that certificate. */
    String[] flags(String name, String... more) {
        String[] flags = new String[more.length + 3];
        flags[0] = "--tls-certificate=" + path(name + ".pem");
        flags[1] = "--tls-key=" + path(name + ".key");
        flags[2] = "--dialects=standard";
        System.arraycopy(more, 0, flags, 3, more.length);
        return flags;
    }

    /** A context that trusts the authority. */
    SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var in = Files.newInputStream(path("ca.pem"))) {
            trusted.setCertificateEntry("ca", (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
