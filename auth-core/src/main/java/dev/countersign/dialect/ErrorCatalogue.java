package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Objects;

/**
 * The error answers by reason.
 *
 * @param answers an answer for every reason
 */
public record ErrorCatalogue(Map<Reason, ErrorAnswer> answers) {

    /** Rejects a catalogue that lacks a reason. */
    public ErrorCatalogue {
        if (answers.size() != Reason.values().length) {
            throw new IllegalArgumentException("every reason has an answer");
        }
    }

    /**
     * The answer to a reason.
     *
     * @param message the value of {@code error.message}; empty for none
     * @param template the answer
     */
    public record ErrorAnswer(String message, ResponseTemplate template) {

        /** Rejects null components. */
        public ErrorAnswer {
            requireNonNull(message, "message");
            requireNonNull(template, "template");
        }
    }

    /** {@return the answer for the reason} */
    public ErrorAnswer answer(Reason reason) {
        requireNonNull(reason, "reason");

        return Objects.requireNonNull(answers.get(reason));
    }
}
