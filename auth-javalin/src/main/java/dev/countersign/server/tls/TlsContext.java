package dev.countersign.server.tls;

import static java.util.Objects.requireNonNull;

import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.TlsConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of TLS, with a certificate and a key that are read again when their files change. Existing connections keep theirs. Until
 * {@link #close}, a thread looks at the files every two seconds.
 */
public final class TlsContext implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    private static final long LOOK_MILLIS = 2000;
    private static final Duration NOTICE = Duration.ofDays(14);
    private static final Duration DAY = Duration.ofDays(1);

    private final TlsConfig files;
    private final InstantSource clock;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tls-files");
        thread.setDaemon(true);
        return thread;
    });
    private volatile TlsIdentity identity;
    private String state;
    private String refused = "";
    private String trouble = "";
    private Instant lastNotice = Instant.MIN;

    private TlsContext(TlsConfig files, InstantSource clock, TlsIdentity identity, String state) {
        this.files = files;
        this.clock = clock;
        this.identity = identity;
        this.state = state;
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        // Forward secrecy and authenticated encryption only; RFC 9113 §9.2.2 forbids the others for HTTP/2.
        factory.setIncludeCipherSuites(
                "TLS_AES_.*", "TLS_CHACHA20_.*", "TLS_ECDHE_.*_GCM_.*", "TLS_ECDHE_.*CHACHA20.*");
        factory.setCipherComparator(HTTP2Cipher.COMPARATOR);
        factory.setRenegotiationAllowed(false);
        KeyStores.set(factory, identity);
    }

    /**
     * Reads the files and begins to follow them.
     *
     * @param files the files
     * @param clock the source of the current time
     * @return the context
     * @throws ConfigException if they cannot be used; the message says why and what to do
     */
    public static TlsContext open(TlsConfig files, InstantSource clock) throws ConfigException {
        requireNonNull(files, "files");
        requireNonNull(clock, "clock");

        // Before the files are read: a change in between is then seen at the first look.
        String state = TlsIdentity.state(files);
        TlsContext context = new TlsContext(files, clock, TlsIdentity.read(files, clock.instant()), state);
        context.noticeEnd();
        ScheduledFuture<?> unused =
                context.watch.scheduleWithFixedDelay(context::follow, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return context;
    }

    /** {@return the names and addresses that the certificate is for, and whether clients must be given it} */
    public CertificateNames names() {
        return CertificateNames.of(identity.chain());
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    private void follow() {
        String now = "";
        try {
            now = TlsIdentity.state(files);
            if (!now.equals(state)) {
                replace(TlsIdentity.read(files, clock.instant()), now);
            }
            if (!trouble.isEmpty()) {
                trouble = "";
                LOG.info("the TLS certificate and its key can be used again, changes are followed");
            }
            noticeEnd();
        } catch (ConfigException unusable) {
            // Certificate and key are seldom replaced at the same moment: wait for the other file once.
            if (now.equals(refused)) {
                warn(String.valueOf(unusable.getMessage()));
            }
            refused = now;
        } catch (RuntimeException broken) {
            warn(String.valueOf(broken.getMessage()));
        }
    }

    private void replace(TlsIdentity changed, String now) {
        try {
            factory.reload(same -> KeyStores.set(factory, changed));
        } catch (Exception unusable) {
            throw new IllegalStateException(String.valueOf(unusable.getMessage()), unusable);
        }
        identity = changed;
        state = now;
        lastNotice = Instant.MIN;
        LOG.info("the TLS certificate has changed; new connections use the one that ends at {}", changed.end());
    }

    private void warn(String problem) {
        if (!problem.equals(trouble)) {
            trouble = problem;
            LOG.warn("the changed TLS certificate is not used, the former one stays: {}", problem);
        }
    }

    /** Warns once a day while the certificate ends soon: within 14 days, or within a sixth of its validity if that is less. */
    private void noticeEnd() {
        Instant now = clock.instant();
        Instant end = identity.end();
        Duration sixth =
                Duration.between(identity.own().getNotBefore().toInstant(), end).dividedBy(6);
        Duration early = sixth.compareTo(NOTICE) < 0 ? sixth : NOTICE;
        if (now.isAfter(end.minus(early))
                && (lastNotice.equals(Instant.MIN) || lastNotice.plus(DAY).isBefore(now))) {
            lastNotice = now;
            LOG.warn("the TLS certificate ends at {}: renew it, the server reads the new files by itself", end);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
