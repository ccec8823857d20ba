package dev.countersign.jdbi.internal.mapped;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.internal.folding.Refolding;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.Quoted;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.table.TableMapping;
import dev.countersign.port.UserStore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates the stores of a mapped table. */
public final class MappedStores {

    private MappedStores() {}

    /** The users; checks that the table and its columns exist. */
    public static UserStore users(Database database, TableMapping mapping) {
        return new MappedUserStore(database, MappedTable.checked(database, mapping));
    }

    /** Computes folded forms again, for the identifiers that have a column for them. */
    public static Refolding refolding(TableMapping mapping) {
        Columns columns = new Columns(mapping);
        return new Refolding(
                columns.table(),
                Quoted.name(mapping.id()),
                Stream.concat(
                                columns.all(EmailColumn.class).flatMap(email -> folded(email.column(), email.folded())),
                                columns.all(UsernameColumn.class)
                                        .flatMap(username -> folded(username.column(), username.folded())))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static Stream<Refolding.Column> folded(String text, @Nullable String folded) {
        return folded == null ? Stream.of() : Stream.of(new Refolding.Column(Quoted.name(text), Quoted.name(folded)));
    }
}
