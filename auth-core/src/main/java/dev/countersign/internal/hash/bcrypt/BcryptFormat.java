package dev.countersign.internal.hash.bcrypt;

import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.Reading;
import dev.countersign.internal.library.Library;
import dev.countersign.password.PasswordHash;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code $2a$}, {@code $2b$} and {@code $2y$} of any system, as {@code BcryptPasswordHasher} verifies them; and the same after the prefix
 * {@value #CUT}, our own form for hashes of systems that ignore a password's bytes after the 72nd. Those hashes match whatever follows these bytes. A
 * password of 72 bytes or more may have had another end when it was set, so it is never hashed again.
 */
public final class BcryptFormat implements HashFormat {

    /** The prefix of a hash from a system that cuts passwords after 72 bytes. */
    public static final String CUT = "{cut}";

    /**
     * Creates the format.
     *
     * @throws IllegalStateException if the bcrypt library is not on the class path, with the lines that add it
     */
    public BcryptFormat() {
        Library.require("BcryptFormat", Library.BCRYPT, Library.BCRYPT_BYTES);
    }
    /** The highest cost that is verified: a hash of cost 31 would take days. */
    public static final int HIGHEST_COST = 15;

    /** The most bytes that bcrypt reads. */
    public static final int LONGEST_BYTES = 72;

    /** Matches a hash that can be verified; the first group is its cost. */
    public static final Pattern FORMAT = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-5])\\$[./A-Za-z0-9]{53}");

    @Override
    public Optional<Reading> read(String stored) {
        boolean cut = stored.startsWith(CUT);
        String hash = cut ? stored.substring(CUT.length()) : stored;
        if (!cut && !hash.startsWith("$2")) {
            return Optional.empty();
        }
        Matcher form = FORMAT.matcher(hash);
        if (!form.matches()) {
            return Reading.refused(
                    hash.startsWith("$2x$")
                            ? "$2x$ is a broken variant of bcrypt"
                            : "it is not bcrypt of a cost from 4 to " + HIGHEST_COST);
        }
        String kind = kind(form);
        return Optional.of(
                cut
                        ? new Reading.Foreign(
                                kind + ", cut at 72 bytes", new BcryptCheck(hash), LONGEST_BYTES - 1, null, 0)
                        : new Reading.Native(kind, PasswordHash.of(hash)));
    }

    static String kind(Matcher form) {
        return "bcrypt, cost " + Integer.parseInt(form.group(1));
    }
}
