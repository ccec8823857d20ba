package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.event.SecurityEvent;
import dev.countersign.port.SecurityEvents;
import java.util.List;
import java.util.function.Consumer;

/** Gives each event to several receivers. One that throws disturbs neither the caller nor the others, and is reported. As thread-safe as the receivers. */
public final class EventSinks implements SecurityEvents {

    private final ImmutableList<SecurityEvents> receivers;
    private final Consumer<RuntimeException> onFailure;

    private EventSinks(List<SecurityEvents> receivers, Consumer<RuntimeException> onFailure) {
        this.receivers = ImmutableList.copyOf(receivers);
        this.onFailure = onFailure;
    }

    /**
     * Combines receivers.
     *
     * @param receivers each gets every event, in this order
     * @param onFailure called with what a receiver threw, on the thread of the request; must be fast
     * @return the combination
     */
    public static EventSinks of(List<SecurityEvents> receivers, Consumer<RuntimeException> onFailure) {
        return new EventSinks(requireNonNull(receivers, "receivers"), requireNonNull(onFailure, "onFailure"));
    }

    @Override
    public void happened(SecurityEvent event) {
        requireNonNull(event, "event");

        for (SecurityEvents receiver : receivers) {
            try {
                receiver.happened(event);
            } catch (RuntimeException failed) {
                report(failed);
            }
        }
    }

    private void report(RuntimeException failed) {
        try {
            onFailure.accept(failed);
        } catch (RuntimeException ignored) {
            // The request must not fail because its report fails.
        }
    }
}
