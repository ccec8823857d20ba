package dev.countersign.jdbi.table;

import java.util.function.Consumer;

/** Looks for one kind of damage in stored data; changes nothing. */
public interface StoreCheck {

    /** {@return the subject of the check, in one word} */
    String subject();

    /**
     * Runs the check.
     *
     * @param problems receives each problem, a line that quotes no stored value except identifiers
     * @return what was checked, such as {@code 17 users}
     * @throws dev.countersign.AuthFault if the database failed
     */
    String run(Consumer<String> problems);
}
