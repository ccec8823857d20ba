package dev.countersign.server.transfer;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.Json;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.BulkUserStore;
import dev.countersign.server.csv.CsvOutput;
import dev.countersign.user.Identifier;
import dev.countersign.user.Origin;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserProperties;
import dev.countersign.user.UserProperty;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes all users into a file that can be imported again, page by page, in constant memory; values that a user does not have are not written. */
public final class UserExport {

    // Small pages, because attributes can be large.
    private static final int PAGE = 100;

    private final BulkUserStore users;
    private final TransferFormat format;
    private final UserProperties properties;
    private final ImmutableList<TransferField> written;

    /** An export of every property that this release stores. */
    public UserExport(BulkUserStore users, TransferFormat format) {
        this(users, format, TransferFields.KNOWN);
    }

    UserExport(BulkUserStore users, TransferFormat format, TransferFields fields) {
        this.users = requireNonNull(users, "users");
        this.format = requireNonNull(format, "format");
        this.properties = fields.properties();
        this.written = fields.written();
    }

    /**
     * Runs the export.
     *
     * @param stream receives the file; flushed, not closed
     * @param progress receives the number of users after each page
     * @return the number of users
     * @throws IOException if the file cannot be written
     */
    public long run(OutputStream stream, TransferProgress progress) throws IOException {
        requireNonNull(stream, "stream");
        requireNonNull(progress, "progress");

        BufferedOutputStream out = new BufferedOutputStream(stream, 1 << 16);
        CsvOutput csv = format == TransferFormat.CSV ? new CsvOutput(out) : null;
        if (csv != null) {
            csv.write(written.stream().map(TransferField::key).toList());
        }
        long rows = 0;
        UserId after = null;
        List<StoredUser> page = users.page(after, PAGE);
        while (!page.isEmpty()) {
            for (StoredUser user : page) {
                write(fields(user), csv, out);
            }
            rows += page.size();
            progress.at(rows, 0, false);
            after = page.get(page.size() - 1).user().id();
            page = users.page(after, PAGE);
        }
        if (csv != null) {
            csv.flush();
        }
        out.flush();
        return rows;
    }

    private void write(Map<TransferField, Json> fields, @Nullable CsvOutput csv, OutputStream out) throws IOException {
        if (csv != null) {
            csv.write(written.stream().map(field -> cell(fields.get(field))).toList());
            return;
        }
        // The JSON type of the username shows it already.
        fields.remove(TransferField.USERNAME_NUMBER);
        Map<String, Json> members = new LinkedHashMap<>();
        fields.forEach((field, value) -> members.put(field.key(), value));
        out.write((JsonText.write(JsonObject.of(members)) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String cell(@Nullable Json value) {
        if (value == null) {
            return "";
        }
        return value.asString().orElseGet(() -> JsonText.write(value));
    }

    private Map<TransferField, Json> fields(StoredUser stored) {
        User user = stored.user();
        Map<TransferField, Json> fields = new LinkedHashMap<>();
        fields.put(TransferField.ID, JsonNumber.of(user.id().value()));
        put(fields, TransferField.UUID, user.uuid().toString());
        put(
                fields,
                TransferField.EMAIL,
                user.email() == null ? null : user.email().text());
        putUsername(fields, user.username());
        put(fields, TransferField.STATUS, user.status().name().toLowerCase(Locale.ROOT));
        if (!user.attributes().members().isEmpty()) {
            fields.put(TransferField.ATTRIBUTES, user.attributes());
        }
        put(
                fields,
                TransferField.PASSWORD_HASH,
                stored.hash() == null ? null : stored.hash().revealForStorage());
        for (UserProperty<?> property : properties.all()) {
            Object value = user.get(property);
            put(fields, TransferFields.field(property), value == null ? null : value.toString());
        }
        putOrigin(fields, user.origin());
        return fields;
    }

    private static void putOrigin(Map<TransferField, Json> fields, Origin origin) {
        put(fields, TransferField.STORED_AT, origin.storedAt().toString());
        put(fields, TransferField.EMAIL_SINCE, origin.emailSince().toString());
        put(fields, TransferField.USERNAME_SINCE, origin.usernameSince().toString());
        put(fields, TransferField.KEPT, KeptWords.write(origin.kept()));
        put(fields, TransferField.SYSTEM, origin.system().isEmpty() ? null : origin.system());
    }

    private static void putUsername(Map<TransferField, Json> fields, @Nullable Identifier username) {
        if (username == null) {
            return;
        }
        if (username.isNumber()) {
            fields.put(TransferField.USERNAME, JsonNumber.of(Long.parseLong(username.text())));
            fields.put(TransferField.USERNAME_NUMBER, new JsonBoolean(true));
        } else {
            put(fields, TransferField.USERNAME, username.text());
        }
    }

    private static void put(Map<TransferField, Json> fields, TransferField field, @Nullable String text) {
        if (text != null) {
            fields.put(field, new JsonString(text));
        }
    }
}
