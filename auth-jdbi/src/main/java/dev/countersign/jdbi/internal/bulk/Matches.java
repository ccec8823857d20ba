package dev.countersign.jdbi.internal.bulk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import dev.countersign.internal.row.OriginText;
import dev.countersign.jdbi.internal.folding.FoldedForms;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.BulkUserStore;
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

/** The stored users whom the rows of a batch name, found with one statement. */
final class Matches {

    private static final String NUMBER = "NUMBER";
    private static final String BY_UUID = "UUID";
    private static final String EMAIL = "EMAIL";
    private static final String USERNAME = "USERNAME";
    /** A number that no store assigns. */
    private static final UserId NO_USER = new UserId(Long.MAX_VALUE);

    private final List<Row> rows = new ArrayList<>();
    private final Set<Long> all = new TreeSet<>();

    private static final class Row {
        private ImportMatch.@Nullable Numbered number;
        private @Nullable UserId uuid;
        private final List<Match> byEmail = new ArrayList<>();
        private final List<Match> byUsername = new ArrayList<>();
        private final Set<UserId> names = new HashSet<>();
    }

    private Matches(int size) {
        for (int i = 0; i < size; i++) {
            rows.add(new Row());
        }
    }

    static void check(List<ImportedUser> batch) {
        if (batch.size() > BulkUserStore.LARGEST_BATCH) {
            throw new IllegalArgumentException(
                    "a batch has at most " + BulkUserStore.LARGEST_BATCH + " users, not " + batch.size());
        }
    }

    static Matches of(Handle handle, Vendor vendor, String users, List<ImportedUser> batch) {
        Matches matches = new Matches(batch.size());
        handle.createQuery(sql(vendor, users))
                .bind("uuids", keys(batch, user -> new JsonString(user.uuid().toString())))
                .bind("emails", keys(batch, user -> form(user.email(), FoldedForms::folded)))
                .bind("shared_emails", keys(batch, user -> otherForm(user.email(), FoldedForms::shared)))
                .bind("former_emails", keys(batch, user -> otherForm(user.email(), FoldedForms::former)))
                .bind("usernames", keys(batch, user -> form(user.username(), FoldedForms::folded)))
                .bind("shared_usernames", keys(batch, user -> otherForm(user.username(), FoldedForms::shared)))
                .bind("former_usernames", keys(batch, user -> otherForm(user.username(), FoldedForms::former)))
                .bind("ids", keys(batch, user -> number(user.id())))
                .map((row, context) -> matches.note(row))
                .list();
        for (int i = 0; i < batch.size(); i++) {
            Row row = matches.rows.get(i);
            row.names.addAll(matching(row.byEmail, batch.get(i).email()));
            row.names.addAll(matching(row.byUsername, batch.get(i).username()));
        }
        return matches;
    }

    /** A stored user who has one of the forms of an identifier. */
    private record Match(UserId id, String typed) {}

    /**
     * The users whom an identifier names, chosen as {@link FoldedForms#choose} does. If users have the folded form but none has the identifier, a number
     * of no user is added, so that the row of the file names no single user.
     */
    private static Set<UserId> matching(List<Match> matches, @Nullable Identifier identifier) {
        Set<UserId> equal = new HashSet<>();
        Set<UserId> all = new HashSet<>();
        for (Match match : matches) {
            Identifier stored = Identifier.typed(match.typed());
            all.add(match.id());
            if (identifier != null && stored.equals(identifier)) {
                if (stored.formerlyFolded().equals(identifier.formerlyFolded())) {
                    return Set.of(match.id());
                }
                equal.add(match.id());
            }
        }
        return equal.isEmpty() && !all.isEmpty() ? Sets.union(all, Set.of(NO_USER)) : equal;
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
                        OriginText.read(found.getString("kept"), found.getString("origin_system")));
            case EMAIL -> row.byEmail.add(new Match(id, found.getString("typed")));
            case USERNAME -> row.byUsername.add(new Match(id, found.getString("typed")));
            default -> row.uuid = id;
        }
        return position;
    }

    private static String sql(Vendor vendor, String users) {
        return String.join(
                " UNION ALL ",
                part(BY_UUID, batch(vendor, "uuids", "uuid"), users, "uuid", "NULL"),
                part(EMAIL, batch(vendor, "emails", "text"), users, "email_folded", "users.email"),
                part(EMAIL, batch(vendor, "shared_emails", "text"), users, "email_folded", "users.email"),
                part(EMAIL, batch(vendor, "former_emails", "text"), users, "email_folded", "users.email"),
                part(USERNAME, batch(vendor, "usernames", "text"), users, "username_folded", "users.username"),
                part(USERNAME, batch(vendor, "shared_usernames", "text"), users, "username_folded", "users.username"),
                part(USERNAME, batch(vendor, "former_usernames", "text"), users, "username_folded", "users.username"),
                part(NUMBER, batch(vendor, "ids", "bigint"), users, "id", "NULL"));
    }

    /** A table of positions and values, made from a JSON array of values of that type. */
    static String batch(Vendor vendor, String parameter, String type) {
        return switch (vendor) {
            case SQLITE -> "(SELECT key AS position, value FROM json_each(:" + parameter + "))";
            case POSTGRESQL ->
                "(SELECT ordinality - 1 AS position, CAST(value AS " + type
                        + ") AS value FROM json_array_elements_text(CAST(:" + parameter + " AS json)) WITH ORDINALITY)";
        };
    }

    // A cross join keeps SQLite from reading all users before the batch.
    private static String part(String kind, String batch, String users, String column, String typed) {
        return "SELECT '" + kind + "' AS kind, batch.position AS position, users.id AS id, users.uuid AS uuid,"
                + " users.kept AS kept, users.origin_system AS origin_system, " + typed + " AS typed FROM " + batch
                + " AS batch CROSS JOIN " + users + " AS users WHERE users." + column + " = batch.value";
    }

    private static @Nullable Json form(@Nullable Identifier identifier, Function<FoldedForms, String> form) {
        return identifier == null ? null : new JsonString(form.apply(FoldedForms.of(identifier)));
    }

    /** The form in JSON; null if it equals the folded form, as for most identifiers. */
    private static @Nullable Json otherForm(@Nullable Identifier identifier, Function<FoldedForms, String> form) {
        return identifier == null || FoldedForms.of(identifier).isOne() ? null : form(identifier, form);
    }

    private static String keys(List<ImportedUser> batch, Function<ImportedUser, @Nullable Json> key) {
        ImmutableList.Builder<Json> keys = ImmutableList.builder();
        boolean any = false;
        for (ImportedUser user : batch) {
            Json value = key.apply(user);
            any = any || value != null;
            keys.add(value == null ? JsonNull.NULL : value);
        }
        return any ? JsonText.write(new JsonArray(keys.build())) : "[]";
    }

    /** The users found for a row. */
    ImportMatch.Found found(int position) {
        Row row = rows.get(position);
        return new ImportMatch.Found(row.number, row.uuid, row.names);
    }

    /** The numbers of all stored users whom the batch names. */
    Set<Long> all() {
        return all;
    }
}
