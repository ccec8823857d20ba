package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import dev.countersign.port.SecurityEvents;
import dev.countersign.server.config.EventConfig;
import dev.countersign.server.config.EventConfig.Sink;
import dev.countersign.server.management.EventCounts;
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
    private final EventCounts counts;

    private ServerEvents(SecurityEvents receiver, Optional<EventWriter> writer, EventCounts counts) {
        this.counts = counts;
        this.receiver = receiver;
        this.writer = writer;
    }

    static ServerEvents start(EventConfig config, Storage storage, InstantSource clock) {
        EventCounts counts = new EventCounts();
        ImmutableList.Builder<SecurityEvents> receivers = ImmutableList.builder();
        receivers.add(counts);
        if (config.has(Sink.LOG)) {
            receivers.add(new EventLog());
        }
        Optional<EventWriter> writer = config.has(Sink.TABLE)
                ? Optional.of(
                        EventWriter.start(storage.events(), config.retention(), clock, ServerEvents::warnOfTrouble))
                : Optional.empty();
        writer.ifPresent(receivers::add);
        return new ServerEvents(EventSinks.of(receivers.build(), ServerEvents::warnOfFailure), writer, counts);
    }

    /** What happened since the start. */
    EventCounts counts() {
        return counts;
    }

    /** How many events could not be stored. */
    long lost() {
        return writer.map(EventWriter::lost).orElse(0L);
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
