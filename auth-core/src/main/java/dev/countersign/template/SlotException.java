package dev.countersign.template;

import java.util.stream.Collectors;

/** The syntax of a slot is invalid. */
final class SlotException extends IllegalArgumentException {

    /** The advice about the form of a slot. */
    static final String FORM = "a slot looks like ${user.email} or ${user.id | string}";

    /** The advice with all conversions. */
    static final String CONVERSIONS =
            "there are " + Slot.conversionWords().stream().collect(Collectors.joining(", "))
                    + ", of which date, join and default take an argument";

    private static final long serialVersionUID = 1L;

    private final String right;

    SlotException(String found, String right) {
        super(found);
        this.right = right;
    }

    String found() {
        return String.valueOf(getMessage());
    }

    /** What is right instead. */
    String right() {
        return right;
    }
}
