package dev.countersign.jdbi.internal.mapped;

import com.google.common.collect.ImmutableList;
import dev.countersign.internal.row.AttributeText;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn;
import dev.countersign.jdbi.table.MappedColumn.AttributeColumn;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.Event;
import dev.countersign.jdbi.table.MappedColumn.OtherAttributesColumn;
import dev.countersign.jdbi.table.MappedColumn.PropertyColumn;
import dev.countersign.jdbi.table.MappedColumn.StatusColumn;
import dev.countersign.jdbi.table.MappedColumn.TimeColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameNumberColumn;
import dev.countersign.jdbi.table.MappedColumn.UuidColumn;
import dev.countersign.jdbi.table.MappedColumn.VersionColumn;
import dev.countersign.json.JsonObject;
import dev.countersign.user.Identifier;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value that is written into a mapped row.
 *
 * @param column the column's name
 * @param parameter the statement's parameter for it
 * @param changes whether an update writes it too
 * @param text gives the value in text form
 */
record Cell(String column, String parameter, boolean changes, Text text) {

    /** Gives the value in text form for the content of a row. */
    interface Text {
        @Nullable
        String of(Content content);
    }

    static ImmutableList<Cell> of(Columns columns, Vendor vendor) {
        Attributes attributes = new Attributes(columns);
        ImmutableList.Builder<Cell> cells = ImmutableList.builder();
        List<MappedColumn> all = columns.mapping().columns();
        for (int i = 0; i < all.size(); i++) {
            MappedColumn column = all.get(i);
            String parameter = "w" + i;
            if (column instanceof EmailColumn email) {
                add(cells, parameter, email.column(), email.folded(), Content::email);
            } else if (column instanceof UsernameColumn username) {
                add(cells, parameter, username.column(), username.folded(), Content::username);
            } else if (column instanceof TimeColumn time) {
                // Logins are written when they happen, and the first token's time when the user is new.
                if (!Columns.isOfLogin(time.event()) || time.event() == Event.TOKEN_ISSUED) {
                    boolean changes = !Columns.isOfLogin(time.event());
                    cells.add(new Cell(time.column(), parameter, changes, content -> time(time, content, vendor)));
                }
            } else {
                boolean changes = !(column instanceof UuidColumn || column instanceof VersionColumn);
                cells.add(new Cell(
                        column.column(), parameter, changes, content -> plain(column, content, attributes, vendor)));
            }
        }
        return cells.build();
    }

    /** Gives the e-mail address or the username of the content. */
    private interface Name {
        @Nullable
        Identifier of(Content content);
    }

    private static void add(
            ImmutableList.Builder<Cell> cells, String parameter, String column, @Nullable String folded, Name name) {
        cells.add(new Cell(column, parameter, true, content -> {
            Identifier identifier = name.of(content);
            return identifier == null ? null : identifier.text();
        }));
        if (folded != null) {
            cells.add(new Cell(folded, parameter + "f", true, content -> {
                Identifier identifier = name.of(content);
                return identifier == null ? null : identifier.folded();
            }));
        }
    }

    private static @Nullable String time(TimeColumn column, Content content, Vendor vendor) {
        Instant time = content.times().get(column.event());
        return time == null ? null : Times.write(time, column.unit(), vendor);
    }

    private static @Nullable String plain(MappedColumn column, Content content, Attributes attributes, Vendor vendor) {
        if (column instanceof StatusColumn status) {
            return content.status().mayLogIn() ? status.active() : status.disabled();
        }
        if (column instanceof PropertyColumn property) {
            Object value = content.properties().get(property.property());
            return value instanceof Instant time
                    ? Times.write(time, property.unit(), vendor)
                    : value == null ? null : value.toString();
        }
        if (column instanceof AttributeColumn attribute) {
            return Attributes.write(attribute, content.attributes());
        }
        if (column instanceof OtherAttributesColumn) {
            JsonObject others = attributes.others(content.attributes());
            return others.members().isEmpty() ? null : AttributeText.write(others);
        }
        if (column instanceof UsernameNumberColumn) {
            return content.username() != null && content.username().isNumber() ? "1" : "0";
        }
        return column instanceof UuidColumn ? content.uuid().toString() : "1";
    }
}
