package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.template.SlotName;
import dev.countersign.template.SlotValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The slots of a user in templates: {@code user.email}, {@code user.attributes.address.city}. They contain nothing about the password. */
public final class UserSlots {

    /** The source of these slots, the first part of their names. */
    public static final String SOURCE = "user";

    /** The part of the name before that of a free attribute. */
    public static final String ATTRIBUTES = "attributes";

    private static final ImmutableMap<String, Function<User, SlotValue>> PLAIN = ImmutableMap.of(
            "id", user -> SlotValue.of(user.id().value()),
            "uuid", user -> SlotValue.of(user.uuid().toString()),
            "email", user -> identifier(user.email()),
            "username", user -> identifier(user.username()),
            "login", user -> identifier(user.username() == null ? user.email() : user.username()),
            "status", user -> SlotValue.of(user.status().name().toLowerCase(Locale.ROOT)));

    private UserSlots() {}

    /** {@return the names after {@code user.} without those of free attributes} */
    public static List<String> names() {
        return ImmutableList.<String>builder()
                .addAll(PLAIN.keySet())
                .addAll(UserProperties.KNOWN.all().stream()
                        .map(UserProperty::name)
                        .toList())
                .add(ATTRIBUTES)
                .build();
    }

    /**
     * Checks whether a slot exists.
     *
     * @param name a name whose source is {@link #SOURCE}
     * @return whether the slot can be filled; every free attribute can
     */
    public static boolean has(SlotName name) {
        List<String> rest = name.rest();
        return !rest.isEmpty()
                && (rest.get(0).equals(ATTRIBUTES) || (rest.size() == 1 && names().contains(rest.get(0))));
    }

    /** {@return whether the slot holds a time} */
    public static boolean isTime(SlotName name) {
        return name.rest().size() == 1
                && UserProperties.KNOWN
                        .find(name.rest().get(0))
                        .filter(property -> property.kind() == UserProperty.Kind.TIME)
                        .isPresent();
    }

    /**
     * Fills a slot.
     *
     * @param user the user
     * @param name a name whose source is {@link #SOURCE}
     * @return the value; absent if the user has none
     */
    public static SlotValue value(User user, SlotName name) {
        requireNonNull(user, "user");

        List<String> rest = name.rest();
        if (rest.isEmpty()) {
            return SlotValue.ABSENT;
        }
        if (rest.get(0).equals(ATTRIBUTES)) {
            return new JsonPointer(rest.subList(1, rest.size()))
                    .in(user.attributes())
                    .map(SlotValue::of)
                    .orElse(SlotValue.ABSENT);
        }
        Function<User, SlotValue> plain = PLAIN.get(rest.get(0));
        return plain != null
                ? plain.apply(user)
                : UserProperties.KNOWN
                        .find(rest.get(0))
                        .map(property -> value(user.get(property)))
                        .orElse(SlotValue.ABSENT);
    }

    private static SlotValue value(@Nullable Object value) {
        if (value instanceof Instant time) {
            return SlotValue.of(time);
        }
        return value == null ? SlotValue.ABSENT : SlotValue.of(value.toString());
    }

    private static SlotValue identifier(@Nullable Identifier identifier) {
        if (identifier == null) {
            return SlotValue.ABSENT;
        }
        Json json = identifier.isNumber()
                ? new JsonNumber(new BigDecimal(identifier.text()))
                : new JsonString(identifier.text());
        return SlotValue.of(json);
    }
}
