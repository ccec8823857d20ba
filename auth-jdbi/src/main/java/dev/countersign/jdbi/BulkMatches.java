package dev.countersign.jdbi;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Sets;
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
    private static final long NOBODY = 0;
    private static final String EMAIL = "EMAIL";
    private static final String USERNAME = "USERNAME";

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
        ListMultimap<Integer, Match> byEmail = ArrayListMultimap.create();
        ListMultimap<Integer, Match> byUsername = ArrayListMultimap.create();
        handle.createQuery(sql(vendor, names.table("users")))
                .bind("uuids", keys(batch, user -> new JsonString(user.uuid().toString())))
                .bind("emails", keys(batch, user -> form(user.email(), FoldedForms::folded)))
                .bind("shared_emails", keys(batch, user -> otherForm(user.email(), FoldedForms::shared)))
                .bind("former_emails", keys(batch, user -> otherForm(user.email(), FoldedForms::former)))
                .bind("usernames", keys(batch, user -> form(user.username(), FoldedForms::folded)))
                .bind("shared_usernames", keys(batch, user -> otherForm(user.username(), FoldedForms::shared)))
                .bind("former_usernames", keys(batch, user -> otherForm(user.username(), FoldedForms::former)))
                .bind(
                        "ids",
                        keys(
                                batch,
                                user -> user.id() == null
                                        ? null
                                        : JsonNumber.of(user.id().value())))
                .map((row, context) -> {
                    int position = row.getInt("position");
                    long id = row.getLong("id");
                    switch (row.getString("kind")) {
                        case NUMBER -> {
                            matches.numberTaken.add(position);
                            matches.numbers.add(id);
                        }
                        case EMAIL -> byEmail.put(position, new Match(id, row.getString("typed")));
                        case USERNAME -> byUsername.put(position, new Match(id, row.getString("typed")));
                        default -> matches.named.get(position).add(id);
                    }
                    return position;
                })
                .list();
        for (int i = 0; i < batch.size(); i++) {
            matches.named.get(i).addAll(meant(byEmail.get(i), batch.get(i).email()));
            matches.named.get(i).addAll(meant(byUsername.get(i), batch.get(i).username()));
        }
        return matches;
    }

    /** A row that has one of the forms of an identifier. */
    private record Match(long id, String typed) {}

    /** As {@link FoldedForms#choose}; a row that has the form and not the identifier is in the way, so that the row of the file names nobody alone. */
    private static Set<Long> meant(List<Match> matches, @Nullable Identifier identifier) {
        Set<Long> equal = new TreeSet<>();
        Set<Long> all = new TreeSet<>();
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
        return equal.isEmpty() && !all.isEmpty() ? Sets.union(all, Set.of(NOBODY)) : equal;
    }

    private static String sql(Vendor vendor, String users) {
        return String.join(
                " UNION ALL ",
                part("USER", vendor.batch("uuids", "uuid"), users, "uuid", "NULL"),
                part(EMAIL, vendor.batch("emails", "text"), users, "email_folded", "users.email"),
                part(EMAIL, vendor.batch("shared_emails", "text"), users, "email_folded", "users.email"),
                part(EMAIL, vendor.batch("former_emails", "text"), users, "email_folded", "users.email"),
                part(USERNAME, vendor.batch("usernames", "text"), users, "username_folded", "users.username"),
                part(USERNAME, vendor.batch("shared_usernames", "text"), users, "username_folded", "users.username"),
                part(USERNAME, vendor.batch("former_usernames", "text"), users, "username_folded", "users.username"),
                part(NUMBER, vendor.batch("ids", "bigint"), users, "id", "NULL"));
    }

    // A cross join keeps SQLite from reading all users before the batch.
    private static String part(String kind, String batch, String users, String column, String typed) {
        return "SELECT '" + kind + "' AS kind, batch.position AS position, users.id AS id, " + typed
                + " AS typed FROM " + batch
                + " AS batch CROSS JOIN " + users + " AS users WHERE users." + column + " = batch.value";
    }

    private static @Nullable Json form(@Nullable Identifier identifier, Function<FoldedForms, String> form) {
        return identifier == null ? null : new JsonString(form.apply(FoldedForms.of(identifier)));
    }

    /** Few identifiers have other forms. */
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
