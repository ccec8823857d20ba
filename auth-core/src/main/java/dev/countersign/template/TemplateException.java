package dev.countersign.template;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.json.JsonPointer;

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

    private final transient ImmutableMap<JsonPointer, Flaw> problems;

    TemplateException(ImmutableMap<JsonPointer, Flaw> problems) {
        super(problems.toString());
        this.problems = problems;
    }

    /** {@return what is wrong, by place} */
    public ImmutableMap<JsonPointer, Flaw> problems() {
        return problems;
    }
}
