package dev.countersign.dialect.file;

import dev.countersign.internal.yaml.NearestName;
import dev.countersign.template.Slot;
import dev.countersign.template.SlotName;
import dev.countersign.template.TemplateException.Flaw;
import dev.countersign.user.UserSlots;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks whether a slot has a value at its place, and advises a replacement that is valid there. */
final class SlotCheck {

    private static final Pattern SECRET = Pattern.compile("(?i)password|passwd|hash|secret");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final List<String> TIMES = List.of(
            "token.issued_at",
            "token.expires_at",
            "refresh_token.issued_at",
            "refresh_token.expires_at",
            "session.created_at",
            "session.last_used_at",
            "session.expires_at");

    private final SlotScope scope;
    private final ValueKinds kinds;
    private final Surroundings surroundings;

    SlotCheck(SlotScope scope, ValueKinds kinds, Surroundings surroundings) {
        this.scope = scope;
        this.kinds = kinds;
        this.surroundings = surroundings;
    }

    /** The text around a slot. */
    enum Surroundings {
        /** A JSON value that is only the slot: it keeps the type of the slot's value. */
        JSON,
        /** A JSON string with other text around the slot. */
        TEXT_IN_JSON,
        /** Plain text, such as a header. */
        TEXT
    }

    /** {@return the flaw of the slot; empty if it has a value here} */
    Optional<Flaw> flaw(Slot slot) {
        SlotName name = slot.name();
        if (name.source().equals(UserSlots.SOURCE)
                && !name.is("user.password_changed_at")
                && SECRET.matcher(name.toString()).find()) {
            return flaw(slot, "", "a user's password and its hash cannot be shown");
        }
        if (!scope.fills(name)) {
            return flaw(slot, "", unknown(slot));
        }
        return timeFlaw(slot).or(() -> kindFlaw(slot));
    }

    private static Optional<Flaw> flaw(Slot slot, String what, String right) {
        return Optional.of(new Flaw("${" + slot.name() + "}" + what, right));
    }

    private static boolean isTime(SlotName name) {
        return TIMES.contains(name.toString()) || (name.source().equals(UserSlots.SOURCE) && UserSlots.isTime(name));
    }

    private Optional<Flaw> timeFlaw(Slot slot) {
        boolean time = isTime(slot.name());
        if (time && !slot.writesTime()) {
            return flaw(slot, "", "add a time conversion: epoch-seconds, epoch-millis, iso or date 'pattern'");
        }
        boolean attribute =
                slot.name().parts().size() > 1 && slot.name().parts().get(1).equals(UserSlots.ATTRIBUTES);
        return slot.writesTime() && !time && !attribute
                ? flaw(slot, "", "this is not a time, leave the time conversion out")
                : Optional.empty();
    }

    /** Lists and objects have no text form. */
    private Optional<Flaw> kindFlaw(Slot slot) {
        boolean asText = surroundings != Surroundings.JSON || slot.writesString();
        return switch (kinds.of(slot.name())) {
            case LIST ->
                asText && !slot.joinsList()
                        ? flaw(
                                slot,
                                " is a list, which has no text form",
                                "join it: ${" + slot.name() + " | join ', '}")
                        : Optional.empty();
            case LIST_OF_PARTS, OBJECT ->
                asText || slot.joinsList()
                        ? flaw(
                                slot,
                                " has no text form",
                                surroundings == Surroundings.TEXT
                                        ? "use a member that is a text, or leave it out"
                                        : "put it alone in quotes, without text around it")
                        : Optional.empty();
            case SCALAR -> slot.joinsList() ? flaw(slot, " is not a list", "leave join out") : Optional.empty();
            case UNKNOWN -> Optional.empty();
        };
    }

    /** The advice about a name that has no value here. */
    private String unknown(Slot slot) {
        String name = slot.name().toString();
        String elsewhere = elsewhere(slot.name());
        if (!elsewhere.isEmpty()) {
            return name + " can be used in " + elsewhere + " only";
        }
        if (slot.name().source().equals("setting")) {
            return "write ${setting.NAME} with a name declared under settings and no conversion";
        }
        return nearest(slot)
                .map(NearestName::question)
                .orElseGet(() -> "there are "
                        + String.join(", ", scope.everyName()).replace(SlotScope.ANY_HEADER, "request.header.NAME"));
    }

    private static String elsewhere(SlotName name) {
        return String.join(
                ", in ",
                Arrays.stream(SlotScope.values())
                        .filter(other -> other.fills(name))
                        .map(SlotScope::place)
                        .toList());
    }

    /** The nearest name that has a value here, with a conversion if it needs one. */
    private Optional<String> nearest(Slot slot) {
        List<String> parts = slot.name().parts();
        String last = parts.get(parts.size() - 1);
        List<String> candidates = scope.everyName().stream()
                .filter(known -> !known.equals(SlotScope.ANY_HEADER) || parts.size() == 3)
                .map(known -> known.equals(SlotScope.ANY_HEADER) ? below("request.header", last) : known)
                .filter(known -> isValid(slot, known))
                .toList();
        String attribute = below(UserSlots.SOURCE + "." + UserSlots.ATTRIBUTES, last);
        boolean ofUser = parts.size() == 2 && slot.name().source().equals(UserSlots.SOURCE) && isValid(slot, attribute);
        return NearestName.to(slot.name().toString(), candidates)
                .or(() -> candidates.stream()
                        .filter(known -> parts.size() == 1 && known.endsWith("." + last))
                        .findFirst())
                .or(() -> ofUser ? Optional.of(attribute) : Optional.empty())
                .map(known -> written(slot, known));
    }

    private static String below(String name, String part) {
        return name + (PLAIN.matcher(part).matches() ? "." + part : "[\"" + part + "\"]");
    }

    private static String written(Slot slot, String known) {
        return isTime(SlotName.parse(known)) && !slot.writesTime() ? known + " | iso" : known;
    }

    private boolean isValid(Slot slot, String known) {
        Slot instead = Slot.parse(written(slot, known)).followedBy(slot);
        return scope.fills(instead.name()) && flaw(instead).isEmpty();
    }
}
