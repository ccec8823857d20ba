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

/** Tells whether a slot can be filled where it stands, and what to write instead: each advice can be followed. */
final class SlotCheck {

    private static final Pattern SECRET = Pattern.compile("(?i)password|passwd|hash|secret");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final List<String> TIMES = List.of("token.issued_at", "token.expires_at");

    private final SlotScope scope;
    private final ValueKinds kinds;
    private final Surroundings surroundings;

    SlotCheck(SlotScope scope, ValueKinds kinds, Surroundings surroundings) {
        this.scope = scope;
        this.kinds = kinds;
        this.surroundings = surroundings;
    }

    /** What a slot stands in. */
    enum Surroundings {
        /** JSON, where it becomes a value of any type. */
        JSON,
        /** Text within JSON. */
        TEXT_IN_JSON,
        /** What is text altogether, as a header is. */
        TEXT
    }

    /** {@return what is wrong with the slot; empty if it can be filled} */
    Optional<Flaw> flaw(Slot slot) {
        SlotName name = slot.name();
        if (name.source().equals(UserSlots.SOURCE)
                && !name.is("user.password_changed_at")
                && SECRET.matcher(name.toString()).find()) {
            return flaw(slot, "", "nothing about a user's password can be shown");
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
            return flaw(slot, "", "say how this time is written: epoch-seconds, epoch-millis, iso or date 'pattern'");
        }
        boolean attribute =
                slot.name().parts().size() > 1 && slot.name().parts().get(1).equals(UserSlots.ATTRIBUTES);
        return slot.writesTime() && !time && !attribute
                ? flaw(slot, "", "this is no time, leave the time conversion out")
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
                                        ? "a member of it that is a text, or nothing"
                                        : "put it alone in quotes, without text around it")
                        : Optional.empty();
            case SCALAR -> slot.joinsList() ? flaw(slot, " is no list", "leave join out") : Optional.empty();
            case UNKNOWN -> Optional.empty();
        };
    }

    /** What to write instead of a name that has no value here. */
    private String unknown(Slot slot) {
        String name = slot.name().toString();
        String elsewhere = elsewhere(slot.name());
        if (!elsewhere.isEmpty()) {
            return name + " can be used in " + elsewhere + " only";
        }
        if (slot.name().source().equals("setting")) {
            return "a setting is put in as it is: ${setting.NAME} with one of the names under settings and no conversion";
        }
        return meant(slot)
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

    /** A name that was probably meant and has a value here, with a conversion if it needs one. */
    private Optional<String> meant(Slot slot) {
        List<String> parts = slot.name().parts();
        String last = parts.get(parts.size() - 1);
        List<String> candidates = scope.everyName().stream()
                .filter(known -> !known.equals(SlotScope.ANY_HEADER) || parts.size() == 3)
                .map(known -> known.equals(SlotScope.ANY_HEADER) ? below("request.header", last) : known)
                .filter(known -> works(slot, known))
                .toList();
        String attribute = below(UserSlots.SOURCE + "." + UserSlots.ATTRIBUTES, last);
        boolean ofUser = parts.size() == 2 && slot.name().source().equals(UserSlots.SOURCE) && works(slot, attribute);
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

    private boolean works(Slot slot, String known) {
        Slot instead = Slot.parse(written(slot, known)).followedBy(slot);
        return scope.fills(instead.name()) && flaw(instead).isEmpty();
    }
}
