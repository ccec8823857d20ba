package dev.countersign.jdbi.internal.bulk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.user.UserProperties;
import java.util.stream.Collectors;

/**
 * The columns of a table, by the order of which rows are inserted.
 *
 * @param all each of them, the number first
 * @param names their names with commas between
 */
record ImportColumns(ImmutableList<ImportColumn> all, String names) {

    private static final ImmutableSet<String> UNIQUE = ImmutableSet.of("uuid", "email_folded", "username_folded");

    static ImportColumns of(UserProperties properties) {
        ImmutableList<ImportColumn> all = ImportColumn.of(properties);
        return new ImportColumns(all, all.stream().map(ImportColumn::name).collect(Collectors.joining(", ")));
    }

    /** The columns of a table that takes such rows and nothing else. */
    String definitions(Vendor vendor) {
        return all.stream()
                .map(column -> column.name().equals(ImportColumn.ID)
                        ? column.name() + " " + Numbering.column(vendor)
                        : column.name() + " " + column.type() + (UNIQUE.contains(column.name()) ? " UNIQUE" : ""))
                .collect(Collectors.joining(", "));
    }
}
