package dev.countersign.jdbi;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportedUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which stored users a batch names, found with one statement. */
final class BulkMatches {

    private static final String NUMBER = "NUMBER";

    private final List<Set<Long>> named = new ArrayList<>();
    private final Set<Integer> numberTaken = new TreeSet<>();
    private final Set<Long> numbers = new TreeSet<>();

    private BulkMatches(int rows) {
        for (int i = 0; i < rows; i++) {
            named.add(new TreeSet<>());
        }
    }

    static BulkMatches of(Handle handle, Vendor vendor, TableNames names, List<ImportedUser> batch) {
        BulkMatches matches = new BulkMatches(batch.size());
        handle.createQuery(sql(vendor, names.table("users")))
                .bind("uuids", keys(batch, user -> new JsonString(user.uuid().toString())))
                .bind("emails", keys(batch, user -> folded(user.email())))
                .bind("usernames", keys(batch, user -> folded(user.username())))
                .bind(
                        "ids",
                        keys(
                                batch,
                                user -> user.id() == null
                                        ? null
                                        : JsonNumber.of(user.id().value())))
                .map((row, context) -> {
                    int position = row.getInt("position");
                    if (row.getString("kind").equals(NUMBER)) {
                        matches.numberTaken.add(position);
                        matches.numbers.add(row.getLong("id"));
                    } else {
                        matches.named.get(position).add(row.getLong("id"));
                    }
                    return position;
                })
                .list();
        return matches;
    }

    private static String sql(Vendor vendor, String users) {
        return String.join(
                " UNION ALL ",
                part("USER", vendor.batch("uuids", "uuid"), users, "uuid"),
                part("USER", vendor.batch("emails", "text"), users, "email_folded"),
                part("USER", vendor.batch("usernames", "text"), users, "username_folded"),
                part(NUMBER, vendor.batch("ids", "bigint"), users, "id"));
    }

    // A cross join keeps SQLite from reading all users before the batch.
    private static String part(String kind, String batch, String users, String column) {
        return "SELECT '" + kind + "' AS kind, batch.position AS position, users.id AS id FROM " + batch
                + " AS batch CROSS JOIN " + users + " AS users WHERE users." + column + " = batch.value";
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

    /** The stored users whom UUID, e-mail address or username of a row name. */
    Set<Long> named(int position) {
        return named.get(position);
    }

    /** All stored users whom a row names or whose number a row wants. */
    Set<Long> all() {
        Set<Long> all = new TreeSet<>(numbers);
        named.forEach(all::addAll);
        return all;
    }

    /** Whether a stored user has the row's number. */
    boolean isNumberTaken(int position) {
        return numberTaken.contains(position);
    }
}
