package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.countersign.user.UserField;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The value that an input field sets. */
public sealed interface FieldTarget {

    /** The operations that accept it. */
    Set<Operation> operations();

    /** The targets other than free attributes; their lower-case names are those in a dialect file. */
    enum Named implements FieldTarget {
        /** The identifier of the user who logs in. */
        IDENTIFIER(Operation.LOGIN),
        /** The e-mail address to register or change. */
        EMAIL(Operation.REGISTER, Operation.UPDATE),
        /** The username to register or change. */
        USERNAME(Operation.REGISTER, Operation.UPDATE),
        /** The password: the one to check at a login, the new one otherwise. */
        PASSWORD(Operation.LOGIN, Operation.REGISTER, Operation.UPDATE, Operation.PASSWORD),
        /** The current password, required to set a new one. */
        CURRENT_PASSWORD(Operation.UPDATE, Operation.PASSWORD);

        private final ImmutableSet<Operation> operations;

        Named(Operation... operations) {
            this.operations = ImmutableSet.copyOf(operations);
        }

        @Override
        public Set<Operation> operations() {
            return operations;
        }

        /** {@return the corresponding field of a user; empty for a login's identifier} */
        public Optional<UserField> userField() {
            return this == IDENTIFIER ? Optional.empty() : Optional.of(UserField.valueOf(name()));
        }
    }

    /**
     * A free attribute.
     *
     * @param path member names from the outermost in
     */
    record Attribute(List<String> path) implements FieldTarget {

        /** Rejects null components. */
        public Attribute {
            requireNonNull(path, "path");
            path = ImmutableList.copyOf(path);
        }

        @Override
        public Set<Operation> operations() {
            return Set.of(Operation.REGISTER, Operation.UPDATE);
        }
    }
}
