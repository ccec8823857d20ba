package dev.countersign.crypto.jjwt;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key and what it may do until when. A key of our own signs from a time on, until a later one does; a key of an old system only verifies.
 *
 * @param material the key
 * @param signsFrom the time from which the key signs, unless a later key does; null for a key that only verifies
 * @param verifiesUntil the first instant at which the key verifies nothing any more; null for no end
 * @param oldSystem the name of the old system that the key belongs to, {@link dev.countersign.user.Origin#UNNAMED_SYSTEM} for one without a name;
 *     null for a key of our own
 */
public record RingKey(
        KeyMaterial material,
        @Nullable Instant signsFrom,
        @Nullable Instant verifiesUntil,
        @Nullable String oldSystem) {

    /** Rejects a null key, a public key that is to sign, an old system's key that is to sign, and a short secret without an end. */
    public RingKey {
        requireNonNull(material, "material");
        if (signsFrom != null && !material.canSign()) {
            throw new IllegalArgumentException("a public key cannot sign; give the private one, too");
        }
        if (signsFrom != null && oldSystem != null) {
            throw new IllegalArgumentException("the key of an old system only verifies");
        }
        if (material.isShortSecret() && (oldSystem == null || verifiesUntil == null)) {
            throw new IllegalArgumentException("a short secret is accepted only from an old system, and until a date");
        }
    }

    /**
     * A key of our own that signs.
     *
     * @param material a key with its secret or private half
     * @param signsFrom the time from which it signs
     * @return the key
     */
    public static RingKey signing(KeyMaterial material, Instant signsFrom) {
        return new RingKey(material, requireNonNull(signsFrom, "signsFrom"), null, null);
    }

    /**
     * A key that only verifies tokens of an old system.
     *
     * @param material the key; its public half or secret
     * @param oldSystem the name of the system, as given when its users were imported
     * @param verifiesUntil the first instant at which its tokens are refused; null for no end
     * @return the key
     */
    public static RingKey ofOldSystem(KeyMaterial material, String oldSystem, @Nullable Instant verifiesUntil) {
        return new RingKey(material, null, verifiesUntil, requireNonNull(oldSystem, "oldSystem"));
    }

    /** {@return the key's id} */
    public String id() {
        return material.id();
    }

    /** {@return whether the key is a secret of an old system that is shorter than its hash} */
    public boolean isShortSecret() {
        return material.isShortSecret();
    }

    /** {@return whether the key verifies nothing any more at that time} */
    public boolean hasEnded(Instant now) {
        requireNonNull(now, "now");

        return verifiesUntil != null && !now.isBefore(verifiesUntil);
    }

    boolean isOwn() {
        return oldSystem == null;
    }

    RingKey until(@Nullable Instant end) {
        return new RingKey(material, signsFrom, end, oldSystem);
    }
}
