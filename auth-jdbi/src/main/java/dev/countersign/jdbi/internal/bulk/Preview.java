package dev.countersign.jdbi.internal.bulk;

import dev.countersign.user.ImportMatch;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The users that the rows of a batch would become if the rows before them were stored. A row that would change a user is assumed to change no identifier. */
final class Preview {

    private final OnExisting onExisting;
    private final Map<Object, UserId> added = new HashMap<>();
    private final Map<UserId, ImportMatch.Numbered> numbered = new HashMap<>();

    Preview(OnExisting onExisting) {
        this.onExisting = onExisting;
    }

    ImportResult next(ImportedUser user, ImportMatch.Found stored) {
        ImportMatch match = ImportMatch.of(user, withAdded(user, stored), onExisting);
        if (match.result() == ImportResult.ADDED) {
            add(user);
        }
        return match.result() == ImportResult.EXISTING && onExisting == OnExisting.UPDATE
                ? ImportResult.UPDATED
                : match.result();
    }

    private ImportMatch.Found withAdded(ImportedUser user, ImportMatch.Found stored) {
        Set<UserId> names = new HashSet<>(stored.names());
        addIfThere(
                names,
                user.email() == null ? null : added.get("e" + user.email().folded()));
        addIfThere(
                names,
                user.username() == null ? null : added.get("u" + user.username().folded()));
        ImportMatch.Numbered number = user.id() == null ? null : numbered.get(user.id());
        UserId uuid = added.get(user.uuid());
        return new ImportMatch.Found(
                stored.number() == null ? number : stored.number(),
                stored.uuid() == null ? uuid : stored.uuid(),
                names);
    }

    private static void addIfThere(Set<UserId> names, @Nullable UserId name) {
        if (name != null) {
            names.add(name);
        }
    }

    private void add(ImportedUser user) {
        // A number that no store assigns.
        UserId id = user.id() == null ? new UserId(Long.MAX_VALUE - 1 - numbered.size()) : user.id();
        numbered.put(id, new ImportMatch.Numbered(id, user.uuid(), user.origin(Instant.EPOCH)));
        added.put(user.uuid(), id);
        if (user.email() != null) {
            added.put("e" + user.email().folded(), id);
        }
        if (user.username() != null) {
            added.put("u" + user.username().folded(), id);
        }
    }
}
