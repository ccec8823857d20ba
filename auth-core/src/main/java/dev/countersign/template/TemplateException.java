package dev.countersign.template;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.json.JsonPointer;
import java.util.Map;

/** A pattern's slots cannot be read; carries every problem with its place. */
public final class TemplateException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * What is wrong at one place.
     *
     * @param found what is there
     * @param right what would be right
     */
    public record Flaw(String found, String right) {

        /** Refuses what is missing. */
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
