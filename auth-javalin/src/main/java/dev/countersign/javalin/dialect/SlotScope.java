package dev.countersign.javalin.dialect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.countersign.javalin.yaml.NearestName;
import dev.countersign.template.Slot;
import dev.countersign.template.SlotName;
import dev.countersign.user.UserSlots;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where in a file which slots can be filled. */
public enum SlotScope {
    /** A token's JOSE header. */
    TOKEN_HEADER(false, "key.id"),
    /** A token's claims. */
    CLAIMS(true, "token.id", "token.issued_at", "token.expires_at", "token.lifetime", "token.credential"),
    /** The answer that hands a new token out. */
    NEW_TOKEN(true, "token", "token.id", "token.issued_at", "token.expires_at", "token.lifetime", "request.header.*"),
    /** The answer to a request that carried a token. */
    PRESENTED_TOKEN(true, "token", "token.issued_at", "token.expires_at", "token.lifetime", "request.header.*"),
    /** The answer with the public keys. */
    KEYS(false, "keys", "request.header.*"),
    /** Headers of every answer. */
    ANY_ANSWER(false, "request.header.*"),
    /** An error. */
    ERROR(
            false,
            "error.reason",
            "error.status",
            "error.message",
            "error.method",
            "error.media_type",
            "error.header",
            "error.allow",
            "error.retry_after",
            "field.name",
            "field.pointer",
            "field.message",
            "field.code",
            "field.limit",
            "fields",
            "request.header.*"),
    /** What is told of one flawed field. */
    FIELD(false, "field.name", "field.pointer", "field.message", "field.code", "field.limit"),
    /** A flaw's message. */
    MESSAGE(false, "field.name", "field.pointer", "field.limit");

    private static final ImmutableSet<String> TIMES = ImmutableSet.of("token.issued_at", "token.expires_at");
    private static final Pattern SECRET = Pattern.compile("(?i)password|passwd|hash|secret");

    private final boolean users;
    private final ImmutableList<String> names;

    SlotScope(boolean users, String... names) {
        this.users = users;
        this.names = ImmutableList.copyOf(names);
    }

    /** {@return the names of the slots besides those of the user; a star stands for any header's name} */
    public ImmutableList<String> names() {
        return names;
    }

    /** {@return whether the slots of the user can be filled, too} */
    public boolean hasUser() {
        return users;
    }

    /**
     * Judges a slot.
     *
     * @param slot what the file has
     * @return what would be right, or empty if the slot can be filled here
     */
    Optional<String> judge(Slot slot) {
        SlotName name = slot.name();
        if (name.source().equals(UserSlots.SOURCE)
                && !name.is("user.password_changed_at")
                && SECRET.matcher(name.toString()).find()) {
            return Optional.of("nothing about a user's password can be shown");
        }
        if (!fills(name)) {
            return Optional.of(NearestName.advice(name.toString(), everyName()));
        }
        boolean time =
                TIMES.contains(name.toString()) || (name.source().equals(UserSlots.SOURCE) && UserSlots.isTime(name));
        if (time && !slot.writesTime()) {
            return Optional.of("say how this time is written: epoch-seconds, epoch-millis, iso or date 'pattern'");
        }
        boolean attribute = name.parts().size() > 1 && name.parts().get(1).equals(UserSlots.ATTRIBUTES);
        return slot.writesTime() && !time && !attribute
                ? Optional.of("this is no time, leave the time conversion out")
                : Optional.empty();
    }

    private boolean fills(SlotName name) {
        if (name.source().equals(UserSlots.SOURCE)) {
            return users && UserSlots.has(name);
        }
        boolean header = name.parts().size() == 3 && name.toString().startsWith("request.header.");
        return names.contains(header ? "request.header.*" : name.toString());
    }

    private ImmutableList<String> everyName() {
        ImmutableList.Builder<String> all = ImmutableList.<String>builder().addAll(names);
        if (users) {
            UserSlots.names().forEach(name -> all.add(UserSlots.SOURCE + "." + name));
        }
        return all.build();
    }
}
