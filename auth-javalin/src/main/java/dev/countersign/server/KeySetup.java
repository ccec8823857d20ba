package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.table.SealedRing;
import dev.countersign.server.Dialects.Chosen;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and checks the keys of all mounts, before anything is written: rings in a PostgreSQL database if a master key is given, otherwise in files,
 * and the keys that the configuration names.
 */
final class KeySetup implements Storage.Precondition {

    private static final Logger LOG = LoggerFactory.getLogger(KeySetup.class);

    private final ServerConfig config;
    private final InstantSource clock;
    private final SecureRandom random;
    private final GivenKeys given;
    private final Optional<MasterKeyPlace> master;
    private final ImmutableList<Chosen> chosen;
    private @Nullable SharedRings shared;
    private Map<String, MountKeys> places = Map.of();

    private KeySetup(ServerConfig config, Map<String, String> environment, InstantSource clock, SecureRandom random)
            throws ConfigException {
        this.config = config;
        this.clock = clock;
        this.random = random;
        this.given = new GivenKeys(environment, clock);
        this.master = MasterKeyPlace.of(config, environment);
        this.chosen = Dialects.of(config);
    }

    /** The keys of a configuration; those in files are checked at once, those in a database by {@link #check}. */
    static KeySetup of(ServerConfig config, Map<String, String> environment, InstantSource clock, SecureRandom random)
            throws ConfigException {
        KeySetup setup = new KeySetup(config, environment, clock, random);
        if (setup.master.isEmpty()) {
            setup.find();
        }
        return setup;
    }

    /** Checks the keys in a database that is not changed yet. */
    @Override
    public void check(Storage unchanged) throws ConfigException {
        if (master.isPresent()) {
            SharedRings rings = new SharedRings(unchanged.keyRings(), master.get(), random);
            rings.check();
            shared = rings;
            find();
        } else if (!DatabasePlace.isSqlite(config)) {
            checkUnshared(unchanged);
        }
    }

    private void checkUnshared(Storage unchanged) throws ConfigException {
        List<String> stored =
                unchanged.keyRings().all().stream().map(SealedRing::mount).toList();
        for (MountKeys place : places.values()) {
            if (!place.isGiven() && stored.contains(place.chosen().id())) {
                throw new ConfigException("the keys of " + place.chosen().label()
                        + " are in the database, encrypted under a master key: " + MasterKeyPlace.ADVICE);
            }
        }
    }

    private void find() throws ConfigException {
        // Sorted, so that every node derives the decoy key from the same mount.
        Map<String, MountKeys> found = new TreeMap<>();
        for (Chosen each : chosen) {
            if (found.put(each.id(), new MountKeys(each, given, store(each), clock, random)) != null) {
                throw new ConfigException("two dialects named " + each.dialect().name() + " have the prefix '"
                        + each.mount().prefix()
                        + "' and would share one key: give one of them another prefix or name");
            }
        }
        for (MountKeys place : found.values()) {
            place.check();
        }
        places = found;
    }

    private RingStore store(Chosen one) {
        RingFile file = new RingFile(config.data().resolve("keys").resolve(one.id() + ".json"), one.algorithm());
        SharedRings rings = shared;
        return rings == null
                ? file
                : new RingTable(
                        rings,
                        one.id(),
                        one.algorithm(),
                        file,
                        () -> clock.instant().plus(KeyTimes.tokenLife(one.dialect())));
    }

    /** The dialects of the mounts, as configured. */
    ImmutableList<Chosen> chosen() {
        return chosen;
    }

    /** The keys of each mount, by its id. */
    Map<String, MountKeys> places() {
        return places;
    }

    /** The rings in the database. */
    Optional<SharedRings> shared() {
        return Optional.ofNullable(shared);
    }

    /** Makes the keys that are missing, and follows all of them until it is closed. */
    KeyRings open() throws ConfigException {
        SharedRings rings = shared;
        if (rings == null
                && !DatabasePlace.isSqlite(config)
                && places.values().stream().anyMatch(place -> !place.isGiven())) {
            LOG.warn(
                    "the keys are files in {}: every other node needs a copy of them. To keep them in the database, make a"
                            + " master key and {} (docs/server.md)",
                    config.data().resolve("keys"),
                    MasterKeyPlace.ADVICE);
        }
        return KeyRings.open(requireNonNull(places), rings == null ? () -> {} : rings::look);
    }
}
