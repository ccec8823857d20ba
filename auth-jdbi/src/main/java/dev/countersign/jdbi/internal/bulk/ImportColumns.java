package dev.countersign.jdbi.internal.bulk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.user.UserProperties;
import java.util.stream.Collectors;

/**
 * The columns of a table, in the order in which rows are inserted.
 *
 * @param all the columns, the number first
 * @param names the columns' names, separated by commas
 */
record ImportColumns(ImmutableList<ImportColumn> all, String names) {

    private static final ImmutableSet<String> UNIQUE = ImmutableSet.of("uuid", "email_folded", "username_folded");

    static ImportColumns of(UserProperties properties) {
        ImmutableList<ImportColumn> all = ImportColumn.of(properties);
        return new ImportColumns(all, all.stream().map(ImportColumn::name).collect(Collectors.joining(", ")));
    }

    /** The column definitions of a table with exactly these columns. */
    String definitions(Vendor vendor) {
        return all.stream()
                .map(column -> column.name().equals(ImportColumn.ID)
                        ? column.name() + " " + Numbering.column(vendor)
                        : column.name() + " " + column.type() + (UNIQUE.contains(column.name()) ? " UNIQUE" : ""))
                .collect(Collectors.joining(", "));
    }
}
