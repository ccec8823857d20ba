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

/** The users of {@code --demo}: their passwords are published, so they are made only when asked for. */
final class DemoUsers {

    private static final List<String> KEYS = List.of("uuid", "email", "username", "shown", "dialects", "attributes");

    private DemoUsers() {}

    /**
     * A demonstration user.
     *
     * @param shown what opens it, for everybody to see
     * @param dialects the dialects whose documentation has a user like this
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

    /** Stores those that are not there yet; users who have one of the names already are left alone. */
    static void store(UserStore users, PasswordHasher hasher, InstantSource clock) {
        Map<String, PasswordHash> hashes = new LinkedHashMap<>();
        for (Demo demo : all()) {
            // One hash for users who share what opens them: it is published anyway, and hashing is slow.
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
     * A demonstration user who is stored.
     *
     * @param demo as published
     * @param user as stored
     */
    record Found(Demo demo, StoredUser user) {}

    /** Those that are stored, found by their UUIDs, which nothing changes. */
    static Stream<Found> stored(UserStore users) {
        return all().stream()
                .flatMap(demo ->
                        users.find(new UserKey.ByUuid(demo.uuid())).map(user -> new Found(demo, user)).stream());
    }

    /** Whether the published password still works. Verifying is slow, and users who were made together share a hash. */
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

    /** The user who fits a dialect best; empty if there are none. */
    static Optional<Demo> fitting(String dialect, List<Demo> users) {
        return users.stream()
                .filter(demo -> demo.dialects().contains(dialect))
                .findFirst()
                .or(() -> users.stream().findFirst());
    }
}
