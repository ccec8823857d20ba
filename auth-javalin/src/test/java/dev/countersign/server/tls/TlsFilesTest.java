package dev.countersign.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.server.RunningServer;
import dev.countersign.server.config.ConfigException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of a certificate and its key: what is refused at the start, and what a running server does when they change. */
@Tag("slow")
class TlsFilesTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static Certificates certificates;

    @TempDir
    private Path data;

    @BeforeAll
    static void make() throws Exception {
        certificates = Certificates.in(folder)
                .issue("first", "ec -pkeyopt ec_paramgen_curve:P-256", 20)
                .issue("second", "rsa:2048", 20)
                .issue("edwards", "ed25519", 20)
                .issue("weak", "rsa:1024", 20);
        certificates.openssl("pkcs8 -topk8 -in first.key -out locked.key -passout pass:secret -v2 aes-256-cbc");
        certificates.openssl("ec -in first.key -out sec1.key");
        certificates.openssl("rsa -in second.key -traditional -out pkcs1.key");
        certificates.openssl("x509 -in first.pem -outform DER -out der.pem");
        for (String key : new String[] {"locked", "sec1", "pkcs1"}) {
            Certificates.only(certificates.path(key + ".key"), "rw-------");
        }
        Files.writeString(
                certificates.path("reversed.pem"),
                Files.readString(certificates.path("ca.pem")) + Files.readString(certificates.path("first.own")));
        Files.writeString(
                certificates.path("foreign.pem"),
                Files.readString(certificates.path("first.own")) + Files.readString(certificates.path("second.own")));
        Files.writeString(
                certificates.path("both.pem"),
                Files.readString(certificates.path("first.pem")) + Files.readString(certificates.path("first.key")));
        Files.writeString(certificates.path("empty.pem"), "");
        Files.writeString(
                certificates.path("damaged.pem"), "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        expire();
    }

    /** A certificate of the past needs a clock of the past, which openssl's command ca has. */
    private static void expire() throws Exception {
        Files.writeString(certificates.path("index.txt"), "");
        Files.writeString(certificates.path("serial"), "01\n");
        Files.writeString(
                certificates.path("ca.cnf"),
                "[ca]\ndefault_ca=a\n[a]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\n"
                        + "policy=p\ncertificate=ca.pem\nprivate_key=ca.key\n[p]\ncommonName=supplied\n");
        certificates.openssl("ca -batch -config ca.cnf -in first.csr -out past.pem -notext"
                + " -startdate 20200101000000Z -enddate 20210101000000Z");
    }

    private ThrowingCallable start(String certificate, String key) {
        return () -> RunningServer.start(
                        data,
                        "--tls-certificate=" + certificates.path(certificate),
                        "--tls-key=" + certificates.path(key))
                .close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "first.pem | second.key | the key is not that of the certificate for CN=first",
                "reversed.pem | first.key | put the server's own certificate first",
                "foreign.pem | first.key | did not issue certificate 1: put the server's own certificate first, and after each",
                "both.pem | first.key | the file has a private key too",
                "empty.pem | first.key | has no certificate in PEM",
                "der.pem | first.key | cannot be read: it is not UTF-8",
                "damaged.pem | first.key | a certificate in it is damaged",
                "past.pem | first.key | the certificate of CN=first expired at 2021-01-01T00:00:00Z",
                "weak.pem | weak.key | the RSA key has 1024 bits, and clients ask for 2048 or more",
                "first.pem | locked.key | the PEM key is encrypted: decrypt it with openssl pkcs8",
                "first.pem | first.own | has no private key: is it the certificate?",
                "first.pem | missing.key | missing.key",
                "missing.pem | first.key | missing.pem",
            })
    void a_wrong_file_stops_the_start_and_nothing_is_made(String certificate, String key, String why) {
        if (key.equals("first.own")) {
            assertThat(certificates.path(key)).satisfies(file -> Certificates.only(file, "rw-------"));
        }
        assertThatThrownBy(start(certificate, key))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(why)
                .extracting(Throwable::getMessage)
                .asString()
                .hasLineCount(1)
                .doesNotContain("java.", "Exception");
        assertThat(data).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"rw-r--r--", "rw-rw----", "rw----r--", "rw--w----"})
    void a_key_that_others_can_use_is_refused(String permissions) throws Exception {
        Files.copy(certificates.path("first.key"), certificates.path("open.key"), StandardCopyOption.REPLACE_EXISTING);
        Certificates.only(certificates.path("open.key"), permissions);
        assertThatThrownBy(start("first.pem", "open.key"))
                .hasMessageContaining("can be used by others than its owner (" + permissions + "): run chmod 600");
    }

    @Test
    void the_group_may_read_a_key_that_belongs_to_root_and_no_other() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a file to somebody");
        Path key = certificates.path("group.key");
        Files.copy(certificates.path("first.key"), key, StandardCopyOption.REPLACE_EXISTING);
        Certificates.only(key, "rw-r-----");
        RunningServer.start(data, certificates.flags("first", "--tls-key=" + key))
                .close();
        Files.setAttribute(key, "unix:uid", 65_534);
        assertThatThrownBy(start("first.pem", "group.key")).hasMessageContaining("rw-r-----");
    }

    @ParameterizedTest
    @CsvSource({"first.pem, sec1.key", "second.pem, pkcs1.key", "edwards.pem, edwards.key"})
    void every_encoding_and_kind_of_key_is_read(String certificate, String key) throws Exception {
        try (RunningServer server = RunningServer.start(
                data, "--tls-certificate=" + certificates.path(certificate), "--tls-key=" + certificates.path(key))) {
            assertThat(shown(server)).isEqualTo("CN=" + certificate.replace(".pem", ""));
        }
    }

    @Test
    void one_file_without_the_other_is_refused() {
        assertThatThrownBy(() -> RunningServer.start(data, "--tls-key=" + certificates.path("first.key")))
                .hasMessageContaining("tls_key needs tls_certificate");
        assertThatThrownBy(() -> RunningServer.start(data, "--tls-certificate=" + certificates.path("first.pem")))
                .hasMessageContaining("tls_certificate needs tls_key");
    }

    @Test
    void changed_files_are_used_by_new_connections_and_existing_ones_live_on() throws Exception {
        certificates.copy("first", "live");
        HttpClient open =
                HttpClient.newBuilder().sslContext(certificates.trusting()).build();
        try (RunningServer server = RunningServer.start(data, certificates.flags("live"));
                SSLSocket before = socket(server)) {
            before.startHandshake();
            assertThat(me(open, server)).isEqualTo(401);
            certificates.copy("second", "live");
            await(server, "CN=second");
            assertThat(me(open, server)).isEqualTo(401);
            before.getOutputStream().write("GET /auth/me HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
            assertThat(new String(before.getInputStream().readNBytes(12))).isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void a_link_that_is_switched_to_another_folder_is_followed() throws Exception {
        for (String name : new String[] {"first", "second"}) {
            Path version = Files.createDirectories(folder.resolve("version-" + name));
            for (String ending : new String[] {".pem", ".key"}) {
                Files.copy(
                        certificates.path(name + ending),
                        version.resolve("tls" + ending),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path link = Files.createSymbolicLink(folder.resolve("current"), Path.of("version-first"));
        try (RunningServer server = RunningServer.start(
                data, "--tls-certificate=" + link.resolve("tls.pem"), "--tls-key=" + link.resolve("tls.key"))) {
            assertThat(shown(server)).isEqualTo("CN=first");
            Path draft = Files.createSymbolicLink(folder.resolve("next"), Path.of("version-second"));
            Files.move(draft, link, StandardCopyOption.ATOMIC_MOVE);
            await(server, "CN=second");
        }
    }

    @Test
    void files_that_cannot_be_used_leave_the_former_ones_in_use() throws Exception {
        certificates.copy("first", "kept");
        try (RunningServer server = RunningServer.start(data, certificates.flags("kept"))) {
            Files.copy(
                    certificates.path("past.pem"), certificates.path("kept.pem"), StandardCopyOption.REPLACE_EXISTING);
            Thread.sleep(5000);
            assertThat(shown(server)).isEqualTo("CN=first");
            Files.delete(certificates.path("kept.pem"));
            Thread.sleep(3000);
            assertThat(shown(server)).isEqualTo("CN=first");
            certificates.copy("second", "kept");
            await(server, "CN=second");
        }
    }

    private static int me(HttpClient client, RunningServer server) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(server.address() + "/auth/me"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static void await(RunningServer server, String subject) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (!shown(server).equals(subject)) {
            assertThat(System.nanoTime()).as("not %s in time", subject).isLessThan(end);
            Thread.sleep(200);
        }
    }

    private static SSLSocket socket(RunningServer server) throws Exception {
        return (SSLSocket) certificates
                .trusting()
                .getSocketFactory()
                .createSocket("127.0.0.1", URI.create(server.address()).getPort());
    }

    /** The subject of the certificate that the server shows. */
    private static String shown(RunningServer server) throws Exception {
        try (SSLSocket socket = socket(server)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }
}
