package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.WholeText;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Since when a user has its identifiers, and which of them came from an old system. A token issued to another user may name the same number, address
 * or username; these facts distinguish the two users.
 *
 * @param storedAt when the user was stored here
 * @param emailSince since when the user has its e-mail address; not before {@code storedAt} unless an import says so
 * @param usernameSince since when the user has its username; not before {@code storedAt} unless an import says so
 * @param system the name of the old system that the identifiers came from; {@link #ANY_SYSTEM} for a table that the old systems themselves use
 * @param kept the properties that are the same there; empty for a user who registered here
 */
public record Origin(Instant storedAt, Instant emailSince, Instant usernameSince, String system, Set<Kept> kept) {

    /** The name of an old system without a name. */
    public static final String UNNAMED_SYSTEM = "";

    /** Every old system, named or not. */
    public static final String ANY_SYSTEM = "*";

    /** Copies the set. */
    public Origin {
        requireNonNull(storedAt, "storedAt");
        requireNonNull(emailSince, "emailSince");
        requireNonNull(usernameSince, "usernameSince");
        requireNonNull(system, "system");
        requireNonNull(kept, "kept");
        if (!WholeText.isWhole(system) || system.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a system's name is of whole characters, none of them NUL");
        }
        kept = kept.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(kept));
    }

    /**
     * Returns the origin of a user who registers here.
     *
     * @param now the time of the registration
     * @return an origin without an old system
     */
    public static Origin here(Instant now) {
        return new Origin(now, now, now, UNNAMED_SYSTEM, Set.of());
    }

    /**
     * Checks whether one of the user's identifiers came from an old system.
     *
     * @param what the number, the UUID, the e-mail address or the username
     * @param oldSystem the old system's name
     * @return whether the property is the same there
     */
    public boolean keeps(Kept what, String oldSystem) {
        requireNonNull(oldSystem, "oldSystem");

        return kept.contains(requireNonNull(what, "what"))
                && (system.equals(ANY_SYSTEM) || system.equals(requireNonNull(oldSystem, "oldSystem")));
    }

    /** {@return the origin of the user after the e-mail address changed here} */
    public Origin withEmailSince(Instant now) {
        requireNonNull(now, "now");

        return new Origin(storedAt, now, usernameSince, system, without(Kept.EMAIL));
    }

    /** {@return the origin of the user after the username changed here} */
    public Origin withUsernameSince(Instant now) {
        requireNonNull(now, "now");

        return new Origin(storedAt, emailSince, now, system, without(Kept.USERNAME));
    }

    private Set<Kept> without(Kept changed) {
        EnumSet<Kept> rest = EnumSet.noneOf(Kept.class);
        rest.addAll(kept);
        rest.remove(changed);
        return rest;
    }
}
