package dev.countersign.jdbi.table;

import java.util.function.Consumer;

/** Looks for one kind of damage in what is stored; changes nothing. */
public interface StoreCheck {

    /** {@return what is looked at, in a word} */
    String subject();

    /**
     * Looks.
     *
     * @param problems is given each problem, a line that quotes no stored value but identifiers
     * @return what was looked at, such as {@code 17 users}
     * @throws dev.countersign.AuthFault if the database broke off
     */
    String run(Consumer<String> problems);
}
