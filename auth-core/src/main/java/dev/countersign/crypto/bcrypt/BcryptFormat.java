package dev.countersign.crypto.bcrypt;

import dev.countersign.crypto.format.HashFormat;
import dev.countersign.crypto.format.Reading;
import dev.countersign.password.PasswordHash;
import java.util.Optional;

/** {@code $2a$}, {@code $2b$} and {@code $2y$} of any system, as {@link BcryptPasswordHasher} verifies them. */
public final class BcryptFormat implements HashFormat {

    @Override
    public Optional<Reading> read(String stored) {
        if (!stored.startsWith("$2")) {
            return Optional.empty();
        }
        if (BcryptPasswordHasher.FORMAT.matcher(stored).matches()) {
            return Optional.of(new Reading.Native(PasswordHash.of(stored)));
        }
        if (stored.startsWith("$2x$")) {
            return Reading.refused("$2x$ is a broken variant of bcrypt");
        }
        return Reading.refused("it is not bcrypt of a cost from 4 to " + BcryptPasswordHasher.HIGHEST_COST);
    }
}
