package dev.countersign.jdbi.internal.bulk;

import com.google.common.collect.ImmutableList;
import dev.countersign.internal.row.AttributeText;
import dev.countersign.internal.row.OriginText;
import dev.countersign.internal.row.UserRow;
import dev.countersign.json.JsonObject;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.Origin;
import dev.countersign.user.UserProperties;
import dev.countersign.user.UserProperty;
import dev.countersign.user.UserStatus;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a new row, and the value that an import writes into it.
 *
 * @param name the column's name
 * @param type the name of its SQL type
 * @param content the value for an imported user
 */
record ImportColumn(String name, String type, Content content) {

    static final String ID = "id";

    /** The value for an imported user at the time of the import. */
    interface Content {
        @Nullable
        Object of(ImportedUser user, Instant now);
    }

    private static final ImmutableList<ImportColumn> BEFORE = ImmutableList.of(
            new ImportColumn(
                    ID,
                    "bigint",
                    (user, now) -> user.id() == null ? null : user.id().value()),
            new ImportColumn("uuid", "uuid", (user, now) -> user.uuid().toString()),
            text("email", user -> text(user.email())),
            text("email_folded", user -> folded(user.email())),
            text("username", user -> text(user.username())),
            text("username_folded", user -> folded(user.username())),
            new ImportColumn(
                    "username_number",
                    "smallint",
                    (user, now) -> user.username() != null && user.username().isNumber() ? 1 : 0),
            text("status", user -> (user.status() == null ? UserStatus.ACTIVE : user.status()).name()),
            text(
                    "attributes",
                    user -> AttributeText.write(user.attributes() == null ? JsonObject.EMPTY : user.attributes())),
            text(
                    "password_hash",
                    user -> user.hash() == null ? null : user.hash().revealForStorage()));

    private static final ImmutableList<ImportColumn> AFTER = ImmutableList.of(
            new ImportColumn("token_issued_at", "bigint", (user, now) -> 0L),
            origin("stored_at", "bigint", origin -> UserRow.micros(origin.storedAt())),
            origin("email_since", "bigint", origin -> UserRow.micros(origin.emailSince())),
            origin("username_since", "bigint", origin -> UserRow.micros(origin.usernameSince())),
            origin("kept", "text", OriginText::kept),
            origin("origin_system", "text", OriginText::system),
            new ImportColumn("version", "bigint", (user, now) -> 1L));

    /** The columns of a table that stores these properties. */
    static ImmutableList<ImportColumn> of(UserProperties properties) {
        ImmutableList.Builder<ImportColumn> columns = ImmutableList.builder();
        columns.addAll(BEFORE);
        properties.all().forEach(property -> columns.add(of(property)));
        return columns.addAll(AFTER).build();
    }

    private static ImportColumn of(UserProperty<?> property) {
        String type = switch (property.kind()) {
            case TIME -> "bigint";
            case TEXT -> "text";
        };
        return new ImportColumn(property.name(), type, (user, now) -> {
            Object value = UserRow.value(user.properties(), property);
            return value == null && property.equals(UserProperties.CREATED_AT) ? (Object) UserRow.micros(now) : value;
        });
    }

    private static ImportColumn text(String name, Function<ImportedUser, @Nullable String> content) {
        return new ImportColumn(name, "text", (user, now) -> content.apply(user));
    }

    private static ImportColumn origin(String name, String type, Function<Origin, @Nullable Object> content) {
        return new ImportColumn(name, type, (user, now) -> content.apply(user.origin(now)));
    }

    private static @Nullable String text(@Nullable Identifier identifier) {
        return identifier == null ? null : identifier.text();
    }

    private static @Nullable String folded(@Nullable Identifier identifier) {
        return identifier == null ? null : identifier.folded();
    }
}
