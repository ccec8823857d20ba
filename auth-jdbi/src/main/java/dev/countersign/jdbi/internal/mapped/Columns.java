package dev.countersign.jdbi.internal.mapped;

import dev.countersign.jdbi.internal.sql.Quoted;
import dev.countersign.jdbi.table.MappedColumn;
import dev.countersign.jdbi.table.MappedColumn.Event;
import dev.countersign.jdbi.table.MappedColumn.TimeColumn;
import dev.countersign.jdbi.table.TableMapping;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The columns of a mapped table, found by their meaning.
 *
 * @param mapping what the table's columns mean
 */
record Columns(TableMapping mapping) {

    /** The table's name, quoted for SQL. */
    String table() {
        return Quoted.table(mapping.table());
    }

    <C extends MappedColumn> Optional<C> one(Class<C> type) {
        return all(type).findFirst();
    }

    boolean has(Class<? extends MappedColumn> type) {
        return one(type).isPresent();
    }

    <C extends MappedColumn> Stream<C> all(Class<C> type) {
        return mapping.columns().stream().filter(type::isInstance).map(type::cast);
    }

    Optional<TimeColumn> time(Event event) {
        return all(TimeColumn.class).filter(time -> time.event() == event).findFirst();
    }

    boolean has(Event event) {
        return time(event).isPresent();
    }

    /** Whether the time is written at a login, which is not a change of the user. */
    static boolean isOfLogin(Event event) {
        return event == Event.LAST_LOGIN || event == Event.PREVIOUS_LOGIN || event == Event.TOKEN_ISSUED;
    }
}
