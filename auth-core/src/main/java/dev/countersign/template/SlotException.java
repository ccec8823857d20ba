package dev.countersign.template;

import java.util.stream.Collectors;

/** One slot cannot be read. */
final class SlotException extends IllegalArgumentException {

    /** What a slot looks like. */
    static final String FORM = "a slot looks like ${user.email} or ${user.id | string}";

    /** The conversions there are. */
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

    /** What would be right. */
    String right() {
        return right;
    }
}
