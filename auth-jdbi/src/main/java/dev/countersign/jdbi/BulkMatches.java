package dev.countersign.jdbi;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.row.UserRow;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportMatch;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which stored users a batch names, found with one statement. */
final class BulkMatches {

    private static final String NUMBER = "NUMBER";
    private static final String BY_UUID = "UUID";
    private static final String NAME = "NAME";

    private final List<Row> rows = new ArrayList<>();
    private final Set<Long> all = new TreeSet<>();

    private static final class Row {
        private ImportMatch.@Nullable Numbered number;
        private @Nullable UserId uuid;
        private final Set<UserId> names = new HashSet<>();
    }

    private BulkMatches(int size) {
        for (int i = 0; i < size; i++) {
            rows.add(new Row());
        }
    }

    static BulkMatches of(Handle handle, Vendor vendor, TableNames names, List<ImportedUser> batch) {
        BulkMatches matches = new BulkMatches(batch.size());
        handle.createQuery(sql(vendor, names.table("users")))
                .bind("uuids", keys(batch, user -> new JsonString(user.uuid().toString())))
                .bind("emails", keys(batch, user -> folded(user.email())))
                .bind("usernames", keys(batch, user -> folded(user.username())))
                .bind("ids", keys(batch, user -> number(user.id())))
                .map((row, context) -> matches.note(row))
                .list();
        return matches;
    }

    private static @Nullable Json number(@Nullable UserId id) {
        return id == null ? null : JsonNumber.of(id.value());
    }

    private int note(ResultSet found) throws SQLException {
        int position = found.getInt("position");
        UserId id = new UserId(found.getLong("id"));
        all.add(id.value());
        Row row = rows.get(position);
        switch (found.getString("kind")) {
            case NUMBER ->
                row.number = new ImportMatch.Numbered(
                        id,
                        UUID.fromString(found.getString("uuid")),
                        UserRow.origin(found.getString("kept"), found.getString("origin_system")));
            case BY_UUID -> row.uuid = id;
            default -> row.names.add(id);
        }
        return position;
    }

    private static String sql(Vendor vendor, String users) {
        return String.join(
                " UNION ALL ",
                part(BY_UUID, vendor.batch("uuids", "uuid"), users, "uuid"),
                part(NAME, vendor.batch("emails", "text"), users, "email_folded"),
                part(NAME, vendor.batch("usernames", "text"), users, "username_folded"),
                part(NUMBER, vendor.batch("ids", "bigint"), users, "id"));
    }

    // A cross join keeps SQLite from reading all users before the batch.
    private static String part(String kind, String batch, String users, String column) {
        return "SELECT '" + kind + "' AS kind, batch.position AS position, users.id AS id, users.uuid AS uuid,"
                + " users.kept AS kept, users.origin_system AS origin_system FROM " + batch + " AS batch CROSS JOIN "
                + users
                + " AS users WHERE users." + column + " = batch.value";
    }

    private static @Nullable Json folded(@Nullable Identifier identifier) {
        return identifier == null ? null : new JsonString(identifier.folded());
    }

    private static String keys(List<ImportedUser> batch, Function<ImportedUser, @Nullable Json> key) {
        ImmutableList.Builder<Json> keys = ImmutableList.builder();
        for (ImportedUser user : batch) {
            Json value = key.apply(user);
            keys.add(value == null ? JsonNull.NULL : value);
        }
        return JsonText.write(new JsonArray(keys.build()));
    }

    /** What was found for a row. */
    ImportMatch.Found found(int position) {
        Row row = rows.get(position);
        return new ImportMatch.Found(row.number, row.uuid, row.names);
    }

    /** The numbers of all stored users that are named. */
    Set<Long> all() {
        return all;
    }
}
