package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import dev.countersign.file.InvalidFileException;
import dev.countersign.internal.yaml.Section;
import dev.countersign.internal.yaml.YamlDocument;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The users of {@code --demo}. Their passwords are published, so they are created only on request. */
final class DemoUsers {

    private static final List<String> KEYS = List.of("uuid", "email", "username", "shown", "dialects", "attributes");

    private DemoUsers() {}

    /**
     * A demonstration user.
     *
     * @param shown the published password
     * @param dialects the dialects whose documentation has such a user
     */
    record Demo(
            UUID uuid,
            String email,
            String username,
            String shown,
            ImmutableList<String> dialects,
            JsonObject attributes) {}

    static ImmutableList<Demo> all() {
        try {
            String text = Resources.toString(
                    Resources.getResource(DemoUsers.class, "demo-users.yaml"), StandardCharsets.UTF_8);
            YamlDocument document = YamlDocument.read("demo-users.yaml", text);
            Section file = Section.of(document.root(), JsonPointer.ROOT, List.of("users"), document.problems());
            return file.list("users", (json, at) -> Optional.of(demo(Section.of(json, at, KEYS, file.problems()))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (InvalidFileException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Demo demo(Section user) {
        return new Demo(
                UUID.fromString(user.text("uuid").orElseThrow()),
                user.text("email").orElseThrow(),
                user.text("username").orElseThrow(),
                user.text("shown").orElseThrow(),
                user.list("dialects", (json, at) -> json.asString()),
                user.json("attributes")
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .orElse(JsonObject.EMPTY));
    }

    /** Stores the users that do not exist yet; users that already have one of the names stay unchanged. */
    static void store(UserStore users, PasswordHasher hasher, InstantSource clock) {
        Map<String, PasswordHash> hashes = new LinkedHashMap<>();
        for (Demo demo : all()) {
            // Users with the same password share one hash: the password is published anyway, and hashing is slow.
            PasswordHash hash = hashes.computeIfAbsent(demo.shown(), shown -> hash(hasher, shown));
            users.insert(new NewUser(
                    demo.uuid(),
                    Identifier.email(demo.email()).orElseThrow(),
                    Identifier.username(demo.username()).orElseThrow(),
                    UserStatus.ACTIVE,
                    demo.attributes(),
                    hash,
                    clock.instant().truncatedTo(ChronoUnit.MICROS)));
        }
    }

    /**
     * A stored demonstration user.
     *
     * @param demo as published
     * @param user as stored
     */
    record Found(Demo demo, StoredUser user) {}

    /** The stored demonstration users, found by UUID, which never changes. */
    static Stream<Found> stored(UserStore users) {
        return all().stream()
                .flatMap(demo ->
                        users.find(new UserKey.ByUuid(demo.uuid())).map(user -> new Found(demo, user)).stream());
    }

    /** Whether the published password still works. Results are cached per hash: verifying is slow, and users created together share a hash. */
    static Predicate<Found> published(PasswordHasher hasher) {
        Map<List<String>, Boolean> known = new HashMap<>();
        return found -> {
            PasswordHash hash = found.user().hash();
            return hash != null
                    && known.computeIfAbsent(
                            List.of(hash.revealForStorage(), found.demo().shown()),
                            unknown -> matches(hasher, hash, found.demo().shown()));
        };
    }

    private static boolean matches(PasswordHasher hasher, PasswordHash hash, String shown) {
        try (RawPassword raw = RawPassword.of(shown)) {
            return hasher.verify(raw, hash);
        }
    }

    private static PasswordHash hash(PasswordHasher hasher, String shown) {
        try (RawPassword raw = RawPassword.of(shown)) {
            return hasher.hash(raw);
        }
    }

    /** The user that fits a dialect best; empty if there are no users. */
    static Optional<Demo> fitting(String dialect, List<Demo> users) {
        return users.stream()
                .filter(demo -> demo.dialects().contains(dialect))
                .findFirst()
                .or(() -> users.stream().findFirst());
    }
}
