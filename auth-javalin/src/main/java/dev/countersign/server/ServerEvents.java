package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import dev.countersign.port.SecurityEvents;
import dev.countersign.server.config.EventConfig;
import dev.countersign.server.config.EventConfig.Sink;
import dev.countersign.usecase.EventSinks;
import dev.countersign.usecase.EventWriter;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configured receivers of security events of a running server. {@link #close} writes what is waiting. */
final class ServerEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerEvents.class);

    private final SecurityEvents receiver;
    private final Optional<EventWriter> writer;

    private ServerEvents(SecurityEvents receiver, Optional<EventWriter> writer) {
        this.receiver = receiver;
        this.writer = writer;
    }

    static ServerEvents start(EventConfig config, Storage storage, InstantSource clock) {
        ImmutableList.Builder<SecurityEvents> receivers = ImmutableList.builder();
        if (config.has(Sink.LOG)) {
            receivers.add(new EventLog());
        }
        Optional<EventWriter> writer = config.has(Sink.TABLE)
                ? Optional.of(
                        EventWriter.start(storage.events(), config.retention(), clock, ServerEvents::warnOfTrouble))
                : Optional.empty();
        writer.ifPresent(receivers::add);
        return new ServerEvents(EventSinks.of(receivers.build(), ServerEvents::warnOfFailure), writer);
    }

    SecurityEvents receiver() {
        return receiver;
    }

    static void warnOfFailure(RuntimeException failed) {
        LOG.warn("a security event could not be written: {}", failed.getMessage());
    }

    private static void warnOfTrouble(EventWriter.Trouble trouble) {
        if (trouble.cause().isPresent()) {
            LOG.warn(
                    "security events cannot be stored in the table at the moment, {} are lost so far: {}",
                    trouble.lost(),
                    trouble.cause().get().getMessage());
        } else {
            LOG.warn("security events are stored again; {} were lost", trouble.lost());
        }
    }

    @Override
    public void close() {
        writer.ifPresent(EventWriter::close);
    }
}
