package dev.countersign.server;

import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.tls.TlsContext;
import java.time.InstantSource;
import java.util.Optional;

/** The ports of a server, bound before any file is created, and the certificate of the public one. */
record ServerPorts(ListeningPort listening, Optional<TlsContext> tls, ManagementPort management)
        implements AutoCloseable {

    /**
     * Binds the ports.
     *
     * @param config the configuration
     * @param demo whether there will be users with published passwords, whom others must not reach
     * @throws ConfigException if a port cannot be bound, or the certificate cannot be used; then nothing is bound
     */
    static ServerPorts bind(ServerConfig config, DemoMode demo) throws ConfigException {
        ListeningPort port = ListeningPort.bind(config.host(), config.port());
        try {
            if (demo == DemoMode.THIS_MACHINE) {
                DemoGuard.checkReach(port, "--demo makes users");
            }
            ManagementPort management = ManagementPort.bind(config);
            try {
                return config.tls().isEmpty()
                        ? new ServerPorts(port, Optional.empty(), management)
                        : new ServerPorts(
                                port.withTls(),
                                Optional.of(TlsContext.open(config.tls().get(), InstantSource.system())),
                                management);
            } catch (ConfigException | RuntimeException failed) {
                management.close();
                throw failed;
            }
        } catch (ConfigException | RuntimeException failed) {
            port.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        tls.ifPresent(TlsContext::close);
        management.close();
        listening.close();
    }
}
