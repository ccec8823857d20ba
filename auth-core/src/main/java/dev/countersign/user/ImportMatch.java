package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import dev.countersign.password.PasswordHash;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides which existing user an imported one is. The imported number, UUID or external id decides; without any of these, the e-mail address and the
 * username do. An identifier of another user is a conflict, never a match.
 *
 * @param result {@link ImportResult#ADDED}, {@link ImportResult#EXISTING}, or why nothing is stored
 * @param existing the matching user; null unless the result is {@link ImportResult#EXISTING}
 */
public record ImportMatch(ImportResult result, @Nullable UserId existing) {

    private static final int DERIVED = 8;

    /** Rejects null. */
    public ImportMatch {
        requireNonNull(result, "result");
    }

    /**
     * The user who has the number that an import wants to keep.
     *
     * @param id the number
     * @param uuid the user's UUID
     * @param origin the old system that the user came from, and the identifiers it shares
     */
    public record Numbered(UserId id, UUID uuid, Origin origin) {

        /** Rejects null components. */
        public Numbered {
            requireNonNull(id, "id");
            requireNonNull(uuid, "uuid");
            requireNonNull(origin, "origin");
        }

        private boolean isFromSystemOf(ImportedUser imported) {
            // A random UUID that this store assigned is unknown to other systems.
            boolean anotherUuid = imported.isKnownByUuid()
                    && !uuid.equals(imported.uuid())
                    && (uuid.version() == DERIVED || origin.keeps(Kept.UUID, imported.system()));
            return origin.keeps(Kept.NUMBER, imported.system()) && !anotherUuid;
        }
    }

    /**
     * The users that a store found for one imported user.
     *
     * @param number the user with the imported number; null if there is none
     * @param uuid the user with the imported UUID; null if there is none
     * @param names the users with the imported e-mail address or username
     */
    public record Found(@Nullable Numbered number, @Nullable UserId uuid, Set<UserId> names) {

        /** Copies the set. */
        public Found {
            requireNonNull(names, "names");

            names = Set.copyOf(names);
        }
    }

    /**
     * Decides which existing user an imported one is.
     *
     * @param imported the imported user
     * @param found the users that the store found
     * @param onExisting what to do with users who exist already
     * @return the matching user, if any
     */
    public static ImportMatch of(ImportedUser imported, Found found, OnExisting onExisting) {
        requireNonNull(found, "found");
        requireNonNull(onExisting, "onExisting");

        UserId known = imported.isKnownByUuid() ? found.uuid() : null;
        if (imported.id() != null && found.number() != null) {
            if (!isSame(imported, found, known)) {
                return new ImportMatch(known == null ? ImportResult.NUMBER_TAKEN : ImportResult.AMBIGUOUS, null);
            }
            known = found.number().id();
        }
        if (known == null && imported.id() == null && !imported.isKnownByUuid()) {
            return byNames(found.names());
        }
        boolean conflict = !found.names().isEmpty() && !found.names().equals(known == null ? Set.of() : Set.of(known));
        // A user who is not updated gets no new identifier.
        if (conflict && (known == null || onExisting == OnExisting.UPDATE)) {
            return new ImportMatch(ImportResult.IDENTIFIER_TAKEN, null);
        }
        return known == null
                ? new ImportMatch(ImportResult.ADDED, null)
                : new ImportMatch(ImportResult.EXISTING, known);
    }

    private static boolean isSame(ImportedUser imported, Found found, @Nullable UserId known) {
        Numbered number = requireNonNull(found.number());
        if (known != null) {
            return known.equals(number.id());
        }
        // A number that was assigned here does not prove identity.
        return number.isFromSystemOf(imported)
                || (found.names().equals(Set.of(number.id())) && !imported.isKnownByUuid());
    }

    private static ImportMatch byNames(Set<UserId> names) {
        return switch (names.size()) {
            case 0 -> new ImportMatch(ImportResult.ADDED, null);
            case 1 -> new ImportMatch(ImportResult.EXISTING, names.iterator().next());
            default -> new ImportMatch(ImportResult.AMBIGUOUS, null);
        };
    }

    /**
     * Updates an existing user with the fields of an import.
     *
     * @param imported the imported user
     * @param before the user before the import
     * @param now the time of the import
     * @return the user after the import, with the version before it
     */
    public static User updated(ImportedUser imported, StoredUser before, Instant now) {
        requireNonNull(now, "now");

        User user = before.user();
        Identifier email = imported.email() == null ? user.email() : imported.email();
        Identifier username = imported.username() == null ? user.username() : imported.username();
        return user.toBuilder()
                .email(email)
                .username(username)
                .status(imported.status() == null ? user.status() : imported.status())
                .attributes(imported.attributes() == null ? user.attributes() : imported.attributes())
                .setAll(imported.properties())
                .updatedAt(imported.updatedAt() == null ? now : imported.updatedAt())
                .passwordChangedAt(
                        changesPassword(imported, before) && imported.passwordChangedAt() == null
                                ? later(now, user.passwordChangedAt())
                                : later(imported.passwordChangedAt(), user.passwordChangedAt()))
                .origin(origin(imported, user, now))
                .build();
    }

    /**
     * Checks whether an import changes a user's password.
     *
     * @param imported the imported user
     * @param before the user before the import
     * @return whether the import has a hash that differs from the stored one
     */
    public static boolean changesPassword(ImportedUser imported, StoredUser before) {
        requireNonNull(before, "before");

        PasswordHash hash = imported.hash();
        return hash != null && !hash.equals(before.hash());
    }

    private static Origin origin(ImportedUser imported, User user, Instant now) {
        Origin origin = user.origin();
        if (imported.email() != null) {
            origin = isAnother(imported.email(), user.email())
                    ? origin.withEmailSince(imported.emailSince() == null ? now : imported.emailSince())
                    : new Origin(
                            origin.storedAt(),
                            imported.emailSince() == null ? origin.emailSince() : imported.emailSince(),
                            origin.usernameSince(),
                            origin.system(),
                            origin.kept());
        }
        if (imported.username() != null) {
            origin = isAnother(imported.username(), user.username())
                    ? origin.withUsernameSince(imported.usernameSince() == null ? now : imported.usernameSince())
                    : new Origin(
                            origin.storedAt(),
                            origin.emailSince(),
                            imported.usernameSince() == null ? origin.usernameSince() : imported.usernameSince(),
                            origin.system(),
                            origin.kept());
        }
        return new Origin(
                imported.storedAt() == null ? origin.storedAt() : imported.storedAt(),
                origin.emailSince(),
                origin.usernameSince(),
                isOfOneSystem(imported, origin) ? imported.system() : origin.system(),
                kept(imported, user, origin));
    }

    private static boolean isAnother(Identifier imported, @Nullable Identifier before) {
        return !Objects.equals(imported, before);
    }

    private static boolean isOfOneSystem(ImportedUser imported, Origin origin) {
        return origin.kept().isEmpty() || origin.system().equals(imported.system());
    }

    private static Set<Kept> kept(ImportedUser imported, User user, Origin origin) {
        if (!isOfOneSystem(imported, origin)) {
            return origin.kept();
        }
        Set<Kept> merged = EnumSet.noneOf(Kept.class);
        merged.addAll(imported.kept());
        if (!user.id().equals(imported.id())) {
            merged.remove(Kept.NUMBER);
        }
        if (!user.uuid().equals(imported.uuid())) {
            merged.remove(Kept.UUID);
        }
        if (!imported.saysKept()) {
            merged.addAll(origin.kept());
        }
        return merged;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
