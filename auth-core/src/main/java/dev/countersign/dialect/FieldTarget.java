package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.countersign.user.UserField;
import java.util.Optional;
import java.util.Set;

/** What an input field is for. */
public sealed interface FieldTarget {

    /** The operations that take it. */
    Set<Operation> operations();

    /** The inputs that are not free attributes, by their name in a dialect file. */
    enum Named implements FieldTarget {
        /** What a login names its user by. */
        IDENTIFIER(Operation.LOGIN),
        /** The e-mail address of a user being registered or changed. */
        EMAIL(Operation.REGISTER, Operation.UPDATE),
        /** The username of a user being registered or changed. */
        USERNAME(Operation.REGISTER, Operation.UPDATE),
        /** The password: the one to check at a login, the new one otherwise. */
        PASSWORD(Operation.LOGIN, Operation.REGISTER, Operation.UPDATE),
        /** The password until now. */
        CURRENT_PASSWORD(Operation.UPDATE);

        private final ImmutableSet<Operation> operations;

        Named(Operation... operations) {
            this.operations = ImmutableSet.copyOf(operations);
        }

        @Override
        public Set<Operation> operations() {
            return operations;
        }

        /** {@return the field of a user that this is; empty for a login's identifier} */
        public Optional<UserField> userField() {
            return this == IDENTIFIER ? Optional.empty() : Optional.of(UserField.valueOf(name()));
        }
    }

    /**
     * A free attribute.
     *
     * @param path member names from the outermost in
     */
    record Attribute(ImmutableList<String> path) implements FieldTarget {

        /** Refuses what is missing. */
        public Attribute {
            requireNonNull(path, "path");
        }

        @Override
        public Set<Operation> operations() {
            return Set.of(Operation.REGISTER, Operation.UPDATE);
        }
    }
}
