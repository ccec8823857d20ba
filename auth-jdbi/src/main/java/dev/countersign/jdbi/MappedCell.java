package dev.countersign.jdbi;

import com.google.common.collect.ImmutableList;
import dev.countersign.internal.row.AttributeText;
import dev.countersign.jdbi.MappedColumn.AttributeColumn;
import dev.countersign.jdbi.MappedColumn.EmailColumn;
import dev.countersign.jdbi.MappedColumn.Event;
import dev.countersign.jdbi.MappedColumn.OtherAttributesColumn;
import dev.countersign.jdbi.MappedColumn.StatusColumn;
import dev.countersign.jdbi.MappedColumn.TimeColumn;
import dev.countersign.jdbi.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.MappedColumn.UsernameNumberColumn;
import dev.countersign.jdbi.MappedColumn.UuidColumn;
import dev.countersign.jdbi.MappedColumn.VersionColumn;
import dev.countersign.json.JsonObject;
import dev.countersign.user.Identifier;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One value that is written into a mapped row.
 *
 * @param column the column's name
 * @param parameter the statement's parameter for it
 * @param changes whether an update writes it, too
 * @param text what is written, in text form
 */
record MappedCell(String column, String parameter, boolean changes, Text text) {

    /** The written text of some content. */
    interface Text {
        @Nullable
        String of(MappedContent content);
    }

    static ImmutableList<MappedCell> of(TableMapping mapping, Vendor vendor) {
        MappedAttributes attributes = new MappedAttributes(mapping);
        ImmutableList.Builder<MappedCell> cells = ImmutableList.builder();
        for (int i = 0; i < mapping.columns().size(); i++) {
            MappedColumn column = mapping.columns().get(i);
            String parameter = "w" + i;
            if (column instanceof EmailColumn email) {
                add(cells, parameter, email.column(), email.folded(), MappedContent::email);
            } else if (column instanceof UsernameColumn username) {
                add(cells, parameter, username.column(), username.folded(), MappedContent::username);
            } else if (column instanceof TimeColumn time) {
                // Logins are written when they happen, and the first token when the user is new.
                if (!time.event().isOfLogin() || time.event() == Event.TOKEN_ISSUED) {
                    boolean changes = !time.event().isOfLogin();
                    cells.add(
                            new MappedCell(time.column(), parameter, changes, content -> time(time, content, vendor)));
                }
            } else {
                boolean changes = !(column instanceof UuidColumn || column instanceof VersionColumn);
                cells.add(new MappedCell(
                        column.column(), parameter, changes, content -> plain(column, content, attributes)));
            }
        }
        return cells.build();
    }

    /** The e-mail address or the username of some content. */
    private interface Name {
        @Nullable
        Identifier of(MappedContent content);
    }

    private static void add(
            ImmutableList.Builder<MappedCell> cells,
            String parameter,
            String column,
            @Nullable String folded,
            Name name) {
        cells.add(new MappedCell(column, parameter, true, content -> {
            Identifier identifier = name.of(content);
            return identifier == null ? null : identifier.text();
        }));
        if (folded != null) {
            cells.add(new MappedCell(folded, parameter + "f", true, content -> {
                Identifier identifier = name.of(content);
                return identifier == null ? null : identifier.folded();
            }));
        }
    }

    private static @Nullable String time(TimeColumn column, MappedContent content, Vendor vendor) {
        Instant time = content.times().get(column.event());
        return time == null ? null : MappedTime.write(time, column.unit(), vendor);
    }

    private static @Nullable String plain(MappedColumn column, MappedContent content, MappedAttributes attributes) {
        if (column instanceof StatusColumn status) {
            return content.status().mayLogIn() ? status.active() : status.disabled();
        }
        if (column instanceof AttributeColumn attribute) {
            return MappedAttributes.write(attribute, content.attributes());
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
