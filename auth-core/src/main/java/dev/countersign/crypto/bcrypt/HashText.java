package dev.countersign.crypto.bcrypt;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.IllegalBCryptFormatException;
import java.nio.charset.StandardCharsets;

/** The text form of hashes, by the bcrypt library. A class of its own, because the hasher has to load where the library is absent, to say so. */
final class HashText {

    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;

    private HashText() {}

    /** Parses a hash of the right form. */
    static BCrypt.HashData read(String hash) {
        try {
            return VERSION.parser.parse(hash.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalBCryptFormatException impossible) {
            throw new IllegalStateException("a hash of the right form cannot be parsed", impossible);
        }
    }

    static String write(int cost, byte[] salt, byte[] digest) {
        byte[] text = VERSION.formatter.createHashMessage(new BCrypt.HashData(cost, VERSION, salt, digest));
        return new String(text, StandardCharsets.US_ASCII);
    }
}
