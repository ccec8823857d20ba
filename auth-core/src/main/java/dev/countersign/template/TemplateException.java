package dev.countersign.template;

import com.google.common.collect.ImmutableMap;
import dev.countersign.json.JsonPointer;

/** A pattern's slots cannot be read; carries every problem with its place. */
public final class TemplateException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient ImmutableMap<JsonPointer, String> problems;

    TemplateException(ImmutableMap<JsonPointer, String> problems) {
        super(problems.toString());
        this.problems = problems;
    }

    /** {@return what is wrong, by place} */
    public ImmutableMap<JsonPointer, String> problems() {
        return problems;
    }
}
