package dev.countersign.jdbi.internal.bulk;

import dev.countersign.internal.row.AttributeText;
import dev.countersign.internal.row.UserRow;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.json.JsonObject;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.UserStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an import writes into each column of a new row. */
enum ImportColumn {
    ID("bigint", user -> user.id() == null ? null : user.id().value()),
    UUID("uuid", user -> user.uuid().toString()),
    EMAIL("text", user -> text(user.email())),
    EMAIL_FOLDED("text", user -> folded(user.email())),
    USERNAME("text", user -> text(user.username())),
    USERNAME_FOLDED("text", user -> folded(user.username())),
    USERNAME_NUMBER("smallint", user -> isNumber(user.username())),
    STATUS("text", user -> user.status() == null ? null : user.status().name()),
    ATTRIBUTES("text", user -> user.attributes() == null ? null : AttributeText.write(user.attributes())),
    PASSWORD_HASH("text", user -> user.hash() == null ? null : user.hash().revealForStorage()),
    CREATED_AT("bigint", user -> micros(user.createdAt())),
    UPDATED_AT("bigint", user -> micros(user.updatedAt())),
    LAST_LOGIN_AT("bigint", user -> micros(user.lastLoginAt())),
    PREVIOUS_LOGIN_AT("bigint", user -> micros(user.previousLoginAt())),
    PASSWORD_CHANGED_AT("bigint", user -> micros(user.passwordChangedAt())),
    TOKEN_ISSUED_AT("bigint", user -> 0L),
    STORED_AT("bigint", user -> micros(user.storedAt())),
    EMAIL_SINCE("bigint", user -> micros(user.emailSince())),
    USERNAME_SINCE("bigint", user -> micros(user.usernameSince())),
    KEPT("text", user -> UserRow.kept(user.origin(Instant.EPOCH))),
    ORIGIN_SYSTEM("text", user -> UserRow.system(user.origin(Instant.EPOCH))),
    VERSION("bigint", user -> 1L);

    private interface Content {
        @Nullable
        Object of(ImportedUser user);
    }

    private final String type;
    private final Content content;

    ImportColumn(String type, Content content) {
        this.type = type;
        this.content = content;
    }

    /** The type's name in SQL. */
    String type() {
        return type;
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a new row gets. */
    @Nullable
    Object of(ImportedUser user, Instant now) {
        Object said = content.of(user);
        if (said != null) {
            return said;
        }
        return switch (this) {
            case STATUS -> UserStatus.ACTIVE.name();
            case ATTRIBUTES -> AttributeText.write(JsonObject.EMPTY);
            case CREATED_AT, STORED_AT -> UserRow.micros(now);
            case EMAIL_SINCE -> UserRow.micros(user.origin(now).emailSince());
            case USERNAME_SINCE -> UserRow.micros(user.origin(now).usernameSince());
            case USERNAME_NUMBER -> 0;
            default -> null;
        };
    }

    static String columns() {
        return Arrays.stream(values()).map(ImportColumn::column).collect(Collectors.joining(", "));
    }

    private static @Nullable Long micros(@Nullable Instant instant) {
        return instant == null ? null : Long.valueOf(UserRow.micros(instant));
    }

    /** The columns of a table that takes such rows and nothing else. */
    static String definitions(Vendor vendor) {
        return Arrays.stream(values())
                .map(column -> switch (column) {
                    case ID -> "id " + Numbering.column(vendor);
                    case UUID, EMAIL_FOLDED, USERNAME_FOLDED -> column.column() + " " + column.type + " UNIQUE";
                    default -> column.column() + " " + column.type;
                })
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String text(@Nullable Identifier identifier) {
        return identifier == null ? null : identifier.text();
    }

    private static @Nullable String folded(@Nullable Identifier identifier) {
        return identifier == null ? null : identifier.folded();
    }

    private static @Nullable Integer isNumber(@Nullable Identifier identifier) {
        return identifier == null ? null : Integer.valueOf(identifier.isNumber() ? 1 : 0);
    }
}
