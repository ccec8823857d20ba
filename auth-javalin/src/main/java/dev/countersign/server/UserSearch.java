package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.table.ScannedUser;
import dev.countersign.jdbi.table.UserScan;
import dev.countersign.user.Identifier;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds users by what an operator knows of them. */
final class UserSearch {

    private static final String BY_ID = "id:";
    private static final String BY_UUID = "uuid:";
    private static final String NUMBER = "[1-9][0-9]{0,17}";
    private static final String HEX = "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final int PAGE = 1000;

    private UserSearch() {}

    /** The key that a name on the command line stands for. */
    static UserKey key(String name) {
        if (name.matches(BY_ID + NUMBER)) {
            return new UserKey.ById(new UserId(Long.parseLong(name.substring(BY_ID.length()))));
        }
        if (name.startsWith(BY_UUID) && name.substring(BY_UUID.length()).matches(HEX)) {
            return new UserKey.ByUuid(UUID.fromString(name.substring(BY_UUID.length())));
        }
        return IdentifierKind.EITHER.key(Identifier.typed(name));
    }

    static List<User> of(Storage storage, String text, int limit) {
        String wanted = text.strip();
        Map<UserId, User> found = new LinkedHashMap<>();
        keys(wanted).stream()
                .map(storage.users()::find)
                .flatMap(Optional::stream)
                .map(StoredUser::user)
                .forEach(user -> found.put(user.id(), user));
        Identifier part = Identifier.typed(wanted);
        if (!part.folded().isEmpty()) {
            add(found, storage.scan(), part, limit);
        }
        return found.values().stream().limit(limit).toList();
    }

    private static void add(Map<UserId, User> found, UserScan scan, Identifier part, int limit) {
        long after = Long.MIN_VALUE;
        List<ScannedUser> page;
        do {
            page = scan.containing(part, after, PAGE);
            for (ScannedUser row : page) {
                after = row.id();
                StoredUser stored = row.stored();
                if (stored != null) {
                    found.putIfAbsent(stored.user().id(), stored.user());
                }
            }
        } while (page.size() == PAGE && found.size() < limit);
    }

    private static ImmutableList<UserKey> keys(String text) {
        ImmutableList.Builder<UserKey> keys = ImmutableList.<UserKey>builder().add(key(text));
        if (text.matches(NUMBER)) {
            keys.add(key(BY_ID + text));
        }
        if (text.matches(HEX)) {
            keys.add(key(BY_UUID + text));
        }
        return keys.add(new UserKey.ByUuid(ImportedUser.uuidOf(text))).build();
    }
}
