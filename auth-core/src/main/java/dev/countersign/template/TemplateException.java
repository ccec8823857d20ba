package dev.countersign.template;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.json.JsonPointer;
import java.util.Map;

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

    private final transient Map<JsonPointer, Flaw> problems;

    TemplateException(Map<JsonPointer, Flaw> problems) {
        super(problems.toString());
        this.problems = ImmutableMap.copyOf(problems);
    }

    /** {@return what is wrong, by place; cannot be modified} */
    public Map<JsonPointer, Flaw> problems() {
        return problems;
    }
}
