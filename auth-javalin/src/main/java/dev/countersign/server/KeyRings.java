package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedMap;
import dev.countersign.AuthFault;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.server.Dialects.Chosen;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rings of all mounts of a running server, which follow their stored form: a change is in use within seconds. */
final class KeyRings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRings.class);

    private final ImmutableSortedMap<String, Live> rings;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> daemon(work));

    private KeyRings(ImmutableSortedMap<String, Live> rings) {
        this.rings = rings;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "keys");
        thread.setDaemon(true);
        return thread;
    }

    /** The keys of each mount, by its id. Nothing is read or made yet. */
    static Map<String, MountKeys> places(
            ServerConfig config, Map<String, String> environment, InstantSource clock, SecureRandom random)
            throws ConfigException {
        GivenKeys given = new GivenKeys(environment, clock);
        // Sorted, so that every node derives the decoy key from the same mount.
        Map<String, MountKeys> places = new TreeMap<>();
        for (Chosen chosen : Dialects.of(config)) {
            RingStore own =
                    new RingFile(config.data().resolve("keys").resolve(chosen.id() + ".json"), chosen.algorithm());
            if (places.put(chosen.id(), new MountKeys(chosen, given, own, clock, random)) != null) {
                throw new ConfigException(
                        "two dialects named " + chosen.dialect().name() + " have the prefix '"
                                + chosen.mount().prefix()
                                + "' and would share one key: give one of them another prefix or name");
            }
        }
        return places;
    }

    /** Checks the keys of all mounts, makes those that are missing, and follows them until it is closed. */
    static KeyRings open(Map<String, MountKeys> places) throws ConfigException {
        for (MountKeys place : places.values()) {
            place.check();
        }
        ImmutableSortedMap.Builder<String, Live> rings = ImmutableSortedMap.naturalOrder();
        for (Map.Entry<String, MountKeys> place : places.entrySet()) {
            place.getValue().prepare();
            rings.put(place.getKey(), new Live(place.getValue()));
        }
        KeyRings open = new KeyRings(rings.build());
        long pause = KeyTimes.RELOAD.toMillis();
        open.watch.scheduleWithFixedDelay(open::follow, pause, pause, TimeUnit.MILLISECONDS);
        return open;
    }

    private void follow() {
        rings.values().forEach(Live::follow);
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
        watch.shutdownNow();
    }

    /** One ring, replaced as a whole. */
    private static final class Live implements Supplier<KeyRing> {

        private final MountKeys place;
        private volatile KeyRing ring;
        private String state;
        private String trouble = "";

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
                trouble = "";
            } catch (ConfigException | AuthFault | IllegalStateException unusable) {
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
