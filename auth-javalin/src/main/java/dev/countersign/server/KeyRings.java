package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedMap;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.management.HealthCheck;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rings of all mounts of a running server, which follow their stored form: a change is in use within seconds. */
final class KeyRings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRings.class);

    private final ImmutableSortedMap<String, Live> rings;
    private final Runnable look;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> daemon(work));
    private final Future<?> looks;
    private volatile String trouble = "";

    private KeyRings(ImmutableSortedMap<String, Live> rings, Runnable look) {
        this.rings = rings;
        this.look = look;
        long pause = KeyTimes.RELOAD.toMillis();
        this.looks = watch.scheduleWithFixedDelay(this::follow, pause, pause, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "keys");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Makes the keys that are missing, and follows all of them until it is closed.
     *
     * @param places the keys of each mount, checked
     * @param look what to do before each look at them
     */
    static KeyRings open(Map<String, MountKeys> places, Runnable look) throws ConfigException {
        ImmutableSortedMap.Builder<String, Live> rings = ImmutableSortedMap.naturalOrder();
        for (MountKeys place : places.values()) {
            place.prepare();
        }
        look.run();
        for (Map.Entry<String, MountKeys> place : places.entrySet()) {
            rings.put(place.getKey(), new Live(place.getValue()));
        }
        return new KeyRings(rings.build(), look);
    }

    private void follow() {
        try {
            look.run();
            if (!trouble.isEmpty()) {
                trouble = "";
                LOG.info("changes of the keys can be seen again");
            }
        } catch (RuntimeException unreachable) {
            String problem = String.valueOf(unreachable.getMessage());
            if (!problem.equals(trouble)) {
                trouble = problem;
                LOG.warn("changes of the keys cannot be seen, the present ones stay: {}", problem);
            }
            return;
        }
        rings.values().forEach(Live::follow);
    }

    /** Whether changes of the keys are followed; the present keys stay in use meanwhile. */
    HealthCheck.Finding health() {
        if (!trouble.isEmpty()) {
            return HealthCheck.Finding.degraded("changes of the keys cannot be seen: " + trouble);
        }
        return rings.values().stream()
                .filter(ring -> !ring.trouble.isEmpty())
                .findFirst()
                .map(ring -> HealthCheck.Finding.degraded(
                        "the changed keys of " + ring.place.chosen().label() + " are not used: " + ring.trouble))
                .orElseGet(() -> HealthCheck.Finding.up("the keys of " + rings.size() + " login APIs are in use"));
    }

    /** The ring of a mount as it is now. */
    Supplier<KeyRing> ring(String id) {
        return requireNonNull(rings.get(id));
    }

    /** All rings, in the same order on every node. */
    List<Supplier<KeyRing>> all() {
        return List.copyOf(rings.values());
    }

    @Override
    public void close() {
        looks.cancel(true);
        watch.shutdownNow();
    }

    /** One ring, replaced as a whole. */
    private static final class Live implements Supplier<KeyRing> {

        private final MountKeys place;
        private volatile KeyRing ring;
        private String state;
        private volatile String trouble = "";

        Live(MountKeys place) throws ConfigException {
            this.place = place;
            this.state = place.state();
            this.ring = place.load();
        }

        @Override
        public KeyRing get() {
            return ring;
        }

        void follow() {
            try {
                String now = place.state();
                if (!now.equals(state)) {
                    KeyRing changed = place.load();
                    ring = changed;
                    state = now;
                    LOG.info(
                            "the keys of {} have changed; {} signs",
                            place.chosen().label(),
                            changed.signingKeyId());
                }
                if (!trouble.isEmpty()) {
                    trouble = "";
                    LOG.info(
                            "the keys of {} can be used again, changes are followed",
                            place.chosen().label());
                }
            } catch (ConfigException | RuntimeException unusable) {
                warn(String.valueOf(unusable.getMessage()));
            }
        }

        private void warn(String problem) {
            if (!problem.equals(trouble)) {
                trouble = problem;
                LOG.warn(
                        "the changed keys of {} are not used, the former ones stay: {}",
                        place.chosen().label(),
                        problem);
            }
        }
    }
}
