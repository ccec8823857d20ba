package dev.countersign.crypto.migration;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.Reading;
import dev.countersign.internal.hash.pbkdf2.SpringPbkdf2Format;
import java.util.Locale;
import java.util.Optional;

/** Spring Security's {@code {id}} before a hash. Plaintext passwords, MD4 and encoders whose secret is not in the hash are rejected by name. */
final class SpringFormat implements HashFormat {

    private static final ImmutableSet<String> WORTHLESS = ImmutableSet.of("noop", "md4");

    private final ImmutableMap<String, HashFormat> byId;

    SpringFormat(HashFormat bcrypt, HashFormat argon2, HashFormat scrypt, HashFormat digest) {
        this.byId = ImmutableMap.<String, HashFormat>builder()
                .put("bcrypt", bcrypt)
                .put("pbkdf2", SpringPbkdf2Format.version55())
                .put("pbkdf2@SpringSecurity_v5_8", SpringPbkdf2Format.version58())
                .put("scrypt", scrypt)
                .put("scrypt@SpringSecurity_v5_8", scrypt)
                .put("argon2", argon2)
                .put("argon2@SpringSecurity_v5_8", argon2)
                .put("ldap", digest)
                .buildOrThrow();
    }

    @Override
    public Optional<Reading> read(String stored) {
        int end = stored.indexOf('}');
        if (!stored.startsWith("{") || end < 0) {
            return Optional.empty();
        }
        String id = stored.substring(1, end);
        HashFormat format = byId.get(id);
        if (format == null) {
            boolean worthless = WORTHLESS.contains(id.toLowerCase(Locale.ROOT));
            return Reading.refused(
                    worthless
                            ? "{" + id + "} keeps passwords in clear or under MD4, which is no protection"
                            : "its {id} is none that is known");
        }
        Optional<Reading> reading = format.read(stored.substring(end + 1));
        return reading.isPresent() ? reading : Reading.refused("what is behind {" + id + "} is no such hash");
    }
}
