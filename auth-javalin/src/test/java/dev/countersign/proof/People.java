package dev.countersign.proof;

import com.google.common.collect.ImmutableMap;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportedUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Any number of users, each made from its number; their names are in no order, as real ones are not. */
final class People {

    static final Instant CREATED = Instant.parse("2024-02-29T12:34:56.123456Z");
    static final JsonObject ATTRIBUTES = JsonObject.of(ImmutableMap.of(
            "first-name", new JsonString("Han"),
            "last-name", new JsonString("Solo"),
            "organization-name", new JsonString("Millennium Freight")));
    static final String ATTRIBUTES_TEXT = JsonText.write(ATTRIBUTES);

    // With its prefix 60 characters, as many as a bcrypt hash has.
    private static final String PASSWORD = "two dozen characters now";
    private static final PasswordHash HASH =
            PlainPasswordHasher.keepingPasswordsInTheClear().hash(RawPassword.of(PASSWORD));

    private People() {}

    /** Different for different numbers, and without any order. */
    private static long scattered(long number) {
        long mixed = number * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
    }

    static String email(long number) {
        return Long.toHexString(scattered(number)) + "@example.org";
    }

    static String username(long number) {
        return "user-" + Long.toHexString(scattered(number));
    }

    static UUID uuid(long number) {
        return new UUID((scattered(number) & ~0xF000L) | 0x4000L, (scattered(~number) >>> 2) | Long.MIN_VALUE);
    }

    static String hash() {
        return HASH.revealForStorage();
    }

    static long createdMicros() {
        return CREATED.getEpochSecond() * 1_000_000 + CREATED.getNano() / 1_000;
    }

    /** The users to be imported, from one number up to before another. */
    static List<ImportedUser> imported(long from, long to) {
        List<ImportedUser> users = new ArrayList<>();
        for (long number = from; number < to; number++) {
            users.add(ImportedUser.builder(uuid(number))
                    .uuid(uuid(number))
                    .email(Identifier.email(email(number)).orElseThrow())
                    .username(Identifier.username(username(number)).orElseThrow())
                    .attributes(ATTRIBUTES)
                    .hash(HASH)
                    .createdAt(CREATED)
                    .build());
        }
        return users;
    }
}
