package dev.countersign.javalin.wire;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Reason;

/** A request is refused while it is being read; carries what the dialect's answer needs to know. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient ImmutableList<FlawedField> fields;
    private final String header;

    RefusedException(Reason reason) {
        this(reason, ImmutableList.of(), "");
    }

    RefusedException(Reason reason, ImmutableList<FlawedField> fields, String header) {
        super(reason.word(), null, false, false);
        this.reason = reason;
        this.fields = fields;
        this.header = header;
    }

    Reason reason() {
        return reason;
    }

    ImmutableList<FlawedField> fields() {
        return fields;
    }

    /** The missing header's name. */
    String header() {
        return header;
    }
}
