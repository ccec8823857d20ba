package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.util.Objects;

/**
 * What is answered for each reason.
 *
 * @param answers one for every reason
 */
public record ErrorCatalogue(ImmutableMap<Reason, ErrorAnswer> answers) {

    /** Refuses a catalogue with gaps. */
    public ErrorCatalogue {
        if (answers.size() != Reason.values().length) {
            throw new IllegalArgumentException("every reason has an answer");
        }
    }

    /**
     * The answer to a reason.
     *
     * @param message the text that goes into {@code error.message}; empty if there is none
     * @param template the answer
     */
    public record ErrorAnswer(String message, ResponseTemplate template) {

        /** Refuses what is missing. */
        public ErrorAnswer {
            requireNonNull(message, "message");
            requireNonNull(template, "template");
        }
    }

    /** {@return the answer to that reason} */
    public ErrorAnswer answer(Reason reason) {
        requireNonNull(reason, "reason");

        return Objects.requireNonNull(answers.get(reason));
    }
}
