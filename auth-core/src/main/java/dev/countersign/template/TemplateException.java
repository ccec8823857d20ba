package dev.countersign.template;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.json.JsonPointer;

/** The syntax of a pattern's slots is invalid. The exception carries every problem with its place. */
public final class TemplateException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * A problem at one place.
     *
     * @param found what was found
     * @param right what is right instead
     */
    public record Flaw(String found, String right) {

        /** Rejects null components. */
        public Flaw {
            requireNonNull(found, "found");
            requireNonNull(right, "right");
        }
    }

    private final transient ImmutableMap<JsonPointer, Flaw> problems;

    TemplateException(ImmutableMap<JsonPointer, Flaw> problems) {
        super(problems.toString());
        this.problems = problems;
    }

    /** {@return the problems by place} */
    public ImmutableMap<JsonPointer, Flaw> problems() {
        return problems;
    }
}
