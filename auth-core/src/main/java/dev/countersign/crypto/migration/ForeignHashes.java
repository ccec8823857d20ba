package dev.countersign.crypto.migration;

import com.google.common.collect.ImmutableList;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.bcrypt.BcryptFormat;
import dev.countersign.internal.hash.bcrypt.PrehashedBcryptFormat;
import dev.countersign.internal.hash.bouncycastle.Argon2Format;
import dev.countersign.internal.hash.bouncycastle.FirebaseFormat;
import dev.countersign.internal.hash.bouncycastle.ScryptFormat;
import dev.countersign.internal.hash.digest.PhpassFormat;
import dev.countersign.internal.hash.digest.SaltedDigestFormat;
import dev.countersign.internal.hash.pbkdf2.AspNetFormat;
import dev.countersign.internal.hash.pbkdf2.Pbkdf2Format;
import dev.countersign.internal.library.Library;
import java.util.List;

/** All formats of hashes that can be imported. Needs Bouncy Castle, which an embedding application adds if old hashes have to be verified. */
public final class ForeignHashes {

    private ForeignHashes() {}

    /**
     * All formats, including weak ones; docs/import.md lists them.
     *
     * @return the formats; the first that recognizes a stored form decides
     * @throws IllegalStateException if Bouncy Castle or the bcrypt library is not on the class path, with the lines that add it
     */
    public static List<HashFormat> all() {
        Library.require("ForeignHashes", Library.BOUNCY_CASTLE, Library.BCRYPT, Library.BCRYPT_BYTES);
        HashFormat bcrypt = new BcryptFormat();
        HashFormat argon2 = new Argon2Format();
        HashFormat scrypt = new ScryptFormat();
        HashFormat digest = new SaltedDigestFormat();
        return ImmutableList.of(
                bcrypt,
                digest,
                new SpringFormat(bcrypt, argon2, scrypt, digest),
                new DjangoFormat(bcrypt, argon2),
                new PrehashedBcryptFormat(),
                new Pbkdf2Format(),
                new AspNetFormat(),
                argon2,
                scrypt,
                new FirebaseFormat(),
                new PhpassFormat(),
                new CryptFormat());
    }
}
