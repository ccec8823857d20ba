package dev.countersign.event;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;

/** Details of registrations and changes of users. */
public sealed interface UserDetail extends EventDetail {

    /**
     * A user was changed, in a way that the kind alone says.
     *
     * @param kind one of {@code REGISTERED}, {@code PASSWORD_CHANGED}, {@code ATTRIBUTES_CHANGED}, {@code USER_DISABLED}, {@code USER_ENABLED} and
     *     {@code USER_DELETED}
     */
    record UserChanged(EventKind kind) implements UserDetail {

        private static final List<EventKind> KINDS = List.of(
                EventKind.REGISTERED,
                EventKind.PASSWORD_CHANGED,
                EventKind.ATTRIBUTES_CHANGED,
                EventKind.USER_DISABLED,
                EventKind.USER_ENABLED,
                EventKind.USER_DELETED);

        /** Rejects another kind. */
        public UserChanged {
            requireNonNull(kind, "kind");
            if (!KINDS.contains(kind)) {
                throw new IllegalArgumentException("not a plain change of a user: " + kind.label());
            }
        }

        @Override
        public Map<String, String> fields() {
            return ImmutableMap.of();
        }
    }

    /**
     * A user has another e-mail address, another username, or both. Their text is not part of the event.
     *
     * @param email whether the e-mail address was changed
     * @param username whether the username was changed
     */
    record IdentifiersChanged(boolean email, boolean username) implements UserDetail {

        @Override
        public EventKind kind() {
            return EventKind.IDENTIFIERS_CHANGED;
        }

        @Override
        public Map<String, String> fields() {
            return ImmutableMap.of("fields", email && username ? "email,username" : email ? "email" : "username");
        }
    }

    /**
     * A registration or a change was refused.
     *
     * @param kind {@code REGISTRATION_REFUSED} or {@code CHANGE_REFUSED}
     * @param reasons the problems as field and flaw, such as {@code email:taken}; at least one
     */
    record Refused(EventKind kind, List<String> reasons) implements UserDetail {

        /** Rejects another kind, and a refusal without reason. */
        public Refused {
            requireNonNull(kind, "kind");
            reasons = List.copyOf(requireNonNull(reasons, "reasons"));
            if (kind != EventKind.REGISTRATION_REFUSED && kind != EventKind.CHANGE_REFUSED) {
                throw new IllegalArgumentException("not a refusal of a change: " + kind.label());
            }
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a refusal has a reason");
            }
        }

        @Override
        public Map<String, String> fields() {
            return ImmutableMap.of("reason", String.join(",", reasons));
        }
    }
}
