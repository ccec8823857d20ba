package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeySet;
import dev.countersign.crypto.jjwt.RingKey;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.event.EventKind;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes the keys of mounts, for commands; running servers follow within seconds. Every method that changes something returns lines that say what. */
public final class KeyAdmin implements AutoCloseable {

    private final KeySetup setup;
    private final Map<String, MountKeys> places;
    private final Optional<Storage> storage;
    private final InstantSource clock;
    private final KeyEvents events;

    private KeyAdmin(KeySetup setup, Optional<Storage> storage, InstantSource clock, KeyEvents events) {
        this.setup = setup;
        this.places = setup.places();
        this.storage = storage;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Finds the keys of the configured mounts.
     *
     * @param config the settings
     * @param environment environment variables, which may hold keys
     * @return the keys
     * @throws ConfigException if the configuration cannot be used
     */
    public static KeyAdmin open(ServerConfig config, Map<String, String> environment) throws ConfigException {
        requireNonNull(environment, "environment");

        InstantSource clock = InstantSource.system();
        KeySetup setup = KeySetup.of(config, environment, clock, new SecureRandom());
        KeyEvents events = new KeyEvents(config, clock);
        if (DatabasePlace.isSqlite(config)) {
            return new KeyAdmin(setup, Optional.empty(), clock, events);
        }
        return new KeyAdmin(setup, Optional.of(Storage.existing(config, setup)), clock, events);
    }

    /** {@return the configured mounts, as commands name them} */
    public ImmutableList<String> mounts() {
        return places.values().stream()
                .map(place -> place.chosen().label())
                .sorted()
                .collect(ImmutableList.toImmutableList());
    }

    private MountKeys place(String mount) throws ConfigException {
        return places.values().stream()
                .filter(place -> mount.equals(place.chosen().label())
                        || mount.equals(place.chosen().id()))
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        "there is no mount " + mount + "; the configuration mounts " + String.join(", ", mounts())));
    }

    /**
     * Lists the keys of a mount.
     *
     * @param mount its name
     * @return the keys with their state, without secrets
     * @throws ConfigException if there is no such mount, or its keys are missing or cannot be read
     */
    public ImmutableList<KeyState> list(String mount) throws ConfigException {
        requireNonNull(mount, "mount");

        MountKeys place = place(mount);
        KeySet all = place.withOld(place.present().orElseThrow(place::missing));
        Instant now = clock.instant();
        Optional<RingKey> signing = all.signing(place.algorithm(), now);
        return all.keys().stream()
                .map(key -> KeyState.of(place.chosen().label(), key, signing, now))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * The algorithm with which a mount signs.
     *
     * @param mount its name
     * @return the algorithm
     * @throws ConfigException if there is no such mount
     */
    public SigningAlgorithm algorithm(String mount) throws ConfigException {
        return place(requireNonNull(mount, "mount")).algorithm();
    }

    /**
     * Makes a new key that will sign.
     *
     * @param mount the name of the mount
     * @param after the time until it signs; empty for the time in which every node and every reader of the public keys has learnt it
     * @return what was done
     * @throws ConfigException if it cannot be done; the message says why
     */
    public List<String> rotate(String mount, Optional<Duration> after) throws ConfigException {
        requireNonNull(mount, "mount");
        requireNonNull(after, "after");

        MountKeys place = place(mount);
        return sign(place, place.newKey(), after);
    }

    /**
     * Adds a key that will sign.
     *
     * @param mount the name of the mount
     * @param key the key
     * @param after the time until it signs, as for {@link #rotate}
     * @return what was done
     * @throws ConfigException if it cannot be done; the message says why
     */
    public List<String> add(String mount, KeyMaterial key, Optional<Duration> after) throws ConfigException {
        requireNonNull(mount, "mount");
        requireNonNull(key, "key");
        requireNonNull(after, "after");

        MountKeys place = place(mount);
        if (key.algorithm() != place.algorithm()) {
            throw new ConfigException("the key is for " + key.algorithm().joseName() + ", but "
                    + place.chosen().label() + " signs with "
                    + place.algorithm().joseName()
                    + "; a key that only verifies tokens of an old system needs --verify-only");
        }
        makeFirst(place);
        return sign(place, key, after);
    }

    private List<String> sign(MountKeys place, KeyMaterial key, Optional<Duration> after) throws ConfigException {
        RingStore store = ready(place);
        Duration usual = KeyTimes.announcement(place.chosen().dialect());
        Instant now = clock.instant();
        Instant from = now.plus(after.orElse(usual));
        Duration life = KeyTimes.tokenLife(place.chosen().dialect());
        String[] former = {""};
        GivenKeys.checked(
                place.chosen().label(),
                () -> store.change(present -> {
                    refuseSecond(place, present, now);
                    former[0] = present.signing(place.algorithm(), now)
                            .map(RingKey::id)
                            .orElse("");
                    return present.withoutEnded(now).withSigning(key, now, from, life);
                }));
        events.report(place.chosen().id(), EventKind.KEY_ADDED, List.of(key.id()));
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        lines.add("the key " + key.id() + " (" + key.algorithm().joseName() + ") of "
                + place.chosen().label() + " signs from " + seconds(from));
        if (!former[0].isEmpty()) {
            lines.add("the key " + former[0] + " verifies until " + seconds(from.plus(life))
                    + ", when its last token has expired");
        }
        if (after.isPresent() && after.get().compareTo(usual) < 0) {
            lines.add("every node knows the new key within "
                    + KeyTimes.RELOAD.multipliedBy(2).toSeconds()
                    + " s, every reader of the public keys within " + usual.toSeconds()
                    + " s: until then they may refuse its tokens");
        }
        return lines.build();
    }

    private static void refuseSecond(MountKeys place, KeySet present, Instant now) throws ConfigException {
        if (present.next(now).isEmpty()) {
            return;
        }
        RingKey next = present.next(now).get(0);
        String label = place.chosen().label();
        throw new ConfigException("the key " + next.id() + " of " + label + " signs from "
                + seconds(requireNonNull(next.signsFrom())) + ": wait until then. After a leak, do not wait, and run"
                + " auth-server key retire " + label + " " + next.id() + ", then auth-server key rotate " + label
                + " --after 0s, then auth-server key retire " + label);
    }

    /** Makes the keys of a new installation, as the first start would, so that it starts with the key that is added. */
    private void makeFirst(MountKeys added) throws ConfigException {
        if (added.isNew()) {
            for (MountKeys place : places.values()) {
                place.prepare();
            }
        }
    }

    /** The store of a mount's ring. */
    private static RingStore ready(MountKeys place) throws ConfigException {
        RingStore store = place.changeable();
        place.prepareExisting();
        return store;
    }

    /**
     * Adds a key that only verifies tokens of an old system.
     *
     * @param mount the name of the mount
     * @param keys the keys, at least one
     * @param system the name of the system, as its users were imported
     * @param until the first instant at which its tokens are refused; in the future
     * @return what was done
     * @throws ConfigException if it cannot be done; the message says why
     */
    public List<String> addOldSystem(String mount, List<KeyMaterial> keys, String system, Instant until)
            throws ConfigException {
        requireNonNull(mount, "mount");
        requireNonNull(keys, "keys");
        requireNonNull(system, "system");
        requireNonNull(until, "until");

        MountKeys place = place(mount);
        if (!until.isAfter(clock.instant())) {
            throw new ConfigException("the end " + seconds(until) + " is in the past");
        }
        makeFirst(place);
        RingStore store = ready(place);
        GivenKeys.checked(
                place.chosen().label(),
                () -> store.change(present -> {
                    KeySet all = present.withoutEnded(clock.instant());
                    for (KeyMaterial key : keys) {
                        all = all.withOldSystem(RingKey.ofOldSystem(key, system, until));
                    }
                    return all;
                }));
        events.report(
                place.chosen().id(),
                EventKind.KEY_ADDED,
                keys.stream().map(KeyMaterial::id).toList());
        return keys.stream()
                .map(key -> "the key " + key.id() + " (" + key.algorithm().joseName()
                        + ") verifies tokens of the old system"
                        + (system.isEmpty() ? "" : " " + system) + " at "
                        + place.chosen().label() + " until " + seconds(until))
                .toList();
    }

    /**
     * Removes keys.
     *
     * @param mount the name of the mount
     * @param id the key's id; empty for all former keys, which do not sign any more
     * @return what was done, and what it means for tokens
     * @throws ConfigException if it cannot be done; the message says why
     */
    public List<String> retire(String mount, Optional<String> id) throws ConfigException {
        requireNonNull(mount, "mount");
        requireNonNull(id, "id");

        MountKeys place = place(mount);
        KeyRetirement retirement = new KeyRetirement(place, clock.instant());
        List<String> gone = new ArrayList<>();
        GivenKeys.checked(
                place.chosen().label(),
                () -> place.changeable().change(present -> {
                    KeySet left = retirement.apply(present, id);
                    gone.clear();
                    present.keys().forEach(key -> gone.add(key.id()));
                    left.keys().forEach(key -> gone.remove(key.id()));
                    return left;
                }));
        if (!gone.isEmpty()) {
            events.report(place.chosen().id(), EventKind.KEYS_RETIRED, gone);
        }
        return retirement.lines();
    }

    /**
     * Encrypts all keys in the database under another master key. Running servers with a master key file follow when the file has the new one.
     *
     * @param file the file with the new master key
     * @return what was done
     * @throws ConfigException if it cannot be done; the message says why
     */
    public List<String> rotateMaster(Path file) throws ConfigException {
        requireNonNull(file, "file");

        MasterKey other = MasterKeyPlace.ofFile(file).read();
        SharedRings shared = setup.shared()
                .orElseThrow(
                        () -> new ConfigException(
                                "there is no master key in use: without one the keys are files, which a master key does not encrypt"));
        int changed = shared.encryptUnder(other);
        events.report("", EventKind.MASTER_KEY_CHANGED, List.of(other.id()));
        return List.of(
                "the keys of " + changed + " mounts are encrypted under the new master key " + other.id(),
                "give it to every node now: servers that run go on with the keys they have, and a start needs the new one");
    }

    static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public void close() {
        storage.ifPresent(Storage::close);
    }
}
