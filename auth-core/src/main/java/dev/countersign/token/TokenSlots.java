package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.JsonPointer;
import dev.countersign.template.Slot;
import dev.countersign.template.SlotName;
import dev.countersign.template.SlotValue;
import dev.countersign.template.Slots;
import dev.countersign.template.Template;
import dev.countersign.user.User;
import dev.countersign.user.UserSlots;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The slots of a token's header and claims besides those of the user. */
public final class TokenSlots {

    /** The digest of the user's identity and credential, which binds a token to both. */
    public static final String CREDENTIAL = "token.credential";

    /** The id of the token's session. */
    public static final String SESSION = "session.id";

    /** The name of every slot besides those of the user. */
    public static final List<String> NAMES =
            List.of("key.id", "token.id", "token.issued_at", "token.expires_at", "token.lifetime", CREDENTIAL, SESSION);

    private static final Set<String> TIMES = Set.of("token.issued_at", "token.expires_at");

    private TokenSlots() {}

    /**
     * The values for one token.
     *
     * @param profile the form of the token
     * @param user the user of the token
     * @param id the token's id
     * @param keyId the id of the signing key
     * @param issuedAt the time of issue
     * @param session the id of its session; empty if sessions are not stored
     * @return the slots
     */
    public static Slots of(
            TokenProfile profile, User user, String id, String keyId, Instant issuedAt, Optional<String> session) {
        requireNonNull(user, "user");
        requireNonNull(id, "id");
        requireNonNull(keyId, "keyId");
        requireNonNull(issuedAt, "issuedAt");
        requireNonNull(session, "session");

        Duration lifetime = profile.lifetime();
        return name -> name.source().equals(UserSlots.SOURCE)
                ? UserSlots.value(user, name)
                : switch (name.toString()) {
                    case "key.id" -> SlotValue.of(keyId);
                    case "token.id" -> SlotValue.of(id);
                    case "token.issued_at" -> SlotValue.of(issuedAt);
                    case "token.expires_at" -> SlotValue.of(issuedAt.plus(lifetime));
                    case "token.lifetime" -> SlotValue.of(lifetime.toSeconds());
                    case SESSION -> SlotValue.of(session.orElse(null));
                    case CREDENTIAL -> SlotValue.of(profile.credential(user));
                    default -> SlotValue.ABSENT;
                };
    }

    static void check(Template template, String part) {
        template.slots().forEach((place, slots) -> slots.forEach(slot -> check(slot, place, part)));
    }

    private static void check(Slot slot, JsonPointer place, String part) {
        SlotName name = slot.name();
        boolean known = name.source().equals(UserSlots.SOURCE) ? UserSlots.has(name) : NAMES.contains(name.toString());
        if (!known) {
            throw new IllegalArgumentException("the " + part + " has an unknown slot ${" + name + "} at " + place
                    + "; there are " + String.join(", ", NAMES) + " and those of the user");
        }
        if (TIMES.contains(name.toString()) && !slot.writesTime()) {
            throw new IllegalArgumentException(
                    "the time ${" + name + "} at " + place + " needs a conversion such as epoch-seconds");
        }
    }

    /** The place of the claim whose whole value is the credential. */
    static Optional<JsonPointer> credentialPlace(Template claims) {
        return claims.slots().entrySet().stream()
                .filter(entry -> claims.slotAt(entry.getKey())
                        .filter(slot -> slot.name().is(CREDENTIAL))
                        .isPresent())
                .map(entry -> entry.getKey())
                .findFirst();
    }
}
