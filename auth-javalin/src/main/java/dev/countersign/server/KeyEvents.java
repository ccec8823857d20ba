package dev.countersign.server;

import dev.countersign.event.EventKind;
import dev.countersign.event.ServerDetail.KeysChanged;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.EventConfig.Sink;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.usecase.Reporter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports changed keys. A new installation has no database yet, and so no table for events. */
final class KeyEvents {

    private static final Logger LOG = LoggerFactory.getLogger(KeyEvents.class);

    private final ServerConfig config;
    private final InstantSource clock;

    KeyEvents(ServerConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    void report(String mount, EventKind kind, List<String> keys) {
        if (config.events().sinks().isEmpty() || DatabasePlace.isMissing(config)) {
            return;
        }
        if (!config.events().has(Sink.TABLE)) {
            new Reporter(new EventLog(), clock, mount).byOperator(Optional.empty(), new KeysChanged(kind, keys));
            return;
        }
        try (Storage storage = Storage.unchanged(config)) {
            new Reporter(OperatorEvents.of(config.events(), storage), clock, mount)
                    .byOperator(Optional.empty(), new KeysChanged(kind, keys));
        } catch (ConfigException | RuntimeException unusable) {
            LOG.warn("the keys are changed, but the event could not be stored: {}", unusable.getMessage());
        }
    }
}
