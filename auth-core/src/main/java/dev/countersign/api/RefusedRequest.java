package dev.countersign.api;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.dialect.Reason;
import java.time.Duration;

/** Why a request is answered with an error, and the details for the answer. */
final class RefusedRequest extends Exception {

    private static final long serialVersionUID = 1L;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Reason reason;
    private final transient ImmutableList<Flawed> fields;
    private final String header;
    private final String allow;
    private final Duration retryAfter;

    /** One thing wrong with one field. */
    record Flawed(Field field, FieldFlaw flaw) {}

    RefusedRequest(Reason reason) {
        this(reason, ImmutableList.of(), "", "", SOON);
    }

    private RefusedRequest(
            Reason reason, ImmutableList<Flawed> fields, String header, String allow, Duration retryAfter) {
        super(reason.word(), null, false, false);
        this.reason = reason;
        this.fields = fields;
        this.header = header;
        this.allow = allow;
        this.retryAfter = retryAfter;
    }

    static RefusedRequest ofFields(Reason reason, ImmutableList<Flawed> fields) {
        return new RefusedRequest(reason, fields, "", "", SOON);
    }

    static RefusedRequest withoutHeader(String name) {
        return new RefusedRequest(Reason.MISSING_HEADER, ImmutableList.of(), name, "", SOON);
    }

    static RefusedRequest ofMethod(String allowed) {
        return new RefusedRequest(Reason.METHOD_NOT_ALLOWED, ImmutableList.of(), "", allowed, SOON);
    }

    /** A refusal that passes after a wait, which is rounded up to whole seconds. */
    static RefusedRequest until(Reason reason, Duration retryAfter) {
        Duration whole = Duration.ofSeconds(retryAfter.plusNanos(999_999_999).toSeconds());
        return new RefusedRequest(reason, ImmutableList.of(), "", "", whole.compareTo(SOON) < 0 ? SOON : whole);
    }

    Reason reason() {
        return reason;
    }

    /** {@return the flawed fields, in the order in which they are reported} */
    ImmutableList<Flawed> fields() {
        return fields;
    }

    /** {@return the missing header's name; empty if none is missing} */
    String header() {
        return header;
    }

    /** {@return the methods of the path, for a request with another method; empty otherwise} */
    String allow() {
        return allow;
    }

    /** {@return how long the client should wait before it tries again} */
    Duration retryAfter() {
        return retryAfter;
    }
}
