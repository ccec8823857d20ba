package dev.countersign.event;

import java.util.Map;

/** What happened, with the values that only this kind of event has. */
public sealed interface EventDetail permits LoginDetail, UserDetail, ServerDetail {

    /** {@return the kind} */
    EventKind kind();

    /** {@return the values by their names in logs and tables, in a fixed order; none holds a secret} */
    Map<String, String> fields();
}
