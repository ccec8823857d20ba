package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.crypto.jjwt.KeySet;
import dev.countersign.crypto.jjwt.RingKey;
import dev.countersign.server.config.ConfigException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Removes keys of a mount, and says what that means for tokens. */
final class KeyRetirement {

    private final MountKeys place;
    private final String label;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    KeyRetirement(MountKeys place, Instant now) {
        this.place = place;
        this.label = place.chosen().label();
        this.now = now;
    }

    /**
     * Removes keys from a ring.
     *
     * @param id the id of the key; empty for all former ones
     */
    KeySet apply(KeySet present, Optional<String> id) throws ConfigException {
        lines.clear();
        RingKey signing = present.signing(place.algorithm(), now).orElse(null);
        ImmutableList<RingKey> gone =
                id.isPresent() ? ImmutableList.of(find(present, id.get())) : former(present, signing);
        if (gone.isEmpty() || (signing != null && gone.contains(signing))) {
            throw new ConfigException(stillSigns(present, signing));
        }
        KeySet left = present;
        for (RingKey key : gone) {
            left = left.without(key.id(), place.algorithm(), now);
            lines.add("retired the key " + key.id() + " of " + label + ": " + consequence(key));
        }
        return left;
    }

    /** What was removed. */
    ImmutableList<String> lines() {
        return ImmutableList.copyOf(lines);
    }

    private RingKey find(KeySet present, String id) throws ConfigException {
        return present.find(id)
                .orElseThrow(() -> new ConfigException(
                        "there is no key " + id + " of " + label + "; auth-server key list " + label + " shows all"));
    }

    private ImmutableList<RingKey> former(KeySet present, @Nullable RingKey signing) {
        ImmutableList<RingKey> next = present.next(now);
        return present.keys().stream()
                .filter(key -> key.oldSystem() == null && !key.equals(signing) && !next.contains(key))
                .collect(ImmutableList.toImmutableList());
    }

    private String stillSigns(KeySet present, @Nullable RingKey signing) {
        String next = present.next(now).stream()
                .map(key -> "from " + KeyAdmin.seconds(requireNonNull(key.signsFrom())) + " the key " + key.id()
                        + " signs; retire the former one after that")
                .collect(Collectors.joining("; "));
        return (signing == null ? "no key" : "the key " + signing.id() + " is the only one") + " of " + label
                + " that signs: " + (next.isEmpty() ? "run auth-server key rotate " + label + " first" : next);
    }

    private String consequence(RingKey key) {
        if (key.hasEnded(now)) {
            return "its last token had expired";
        }
        if (key.oldSystem() != null) {
            return "tokens of the old system that it verifies are refused from now on";
        }
        if (key.signsFrom() != null && key.signsFrom().isAfter(now)) {
            return "it has signed nothing";
        }
        return "its tokens are refused from now on, and their users must log in again"
                + (key.verifiesUntil() == null
                        ? ""
                        : "; the last of them would have expired by " + KeyAdmin.seconds(key.verifiesUntil()));
    }
}
