package dev.countersign.internal.library;

import static java.util.Objects.requireNonNull;

/**
 * A library that one adapter of the core needs. An application that uses another adapter may leave the library out.
 */
public enum Library {
    /** For {@code dev.countersign.crypto.bcrypt}. */
    BCRYPT("at.favre.lib", "bcrypt", "0.10.2", "at.favre.lib.crypto.bcrypt.BCrypt"),
    /** Without it {@link #BCRYPT} does not work. */
    BCRYPT_BYTES("at.favre.lib", "bytes", "1.5.0", "at.favre.lib.bytes.Bytes"),
    /** For scrypt and Argon2 in hashes of other systems. */
    BOUNCY_CASTLE(
            "org.bouncycastle", "bcprov-jdk18on", "1.86", "org.bouncycastle.crypto.generators.Argon2BytesGenerator"),
    /** For {@code dev.countersign.crypto.jjwt}. */
    JJWT_API("io.jsonwebtoken", "jjwt-api", "0.13.0", "io.jsonwebtoken.Jwts"),
    /** Without it {@link #JJWT_API} does not work. */
    JJWT_IMPL("io.jsonwebtoken", "jjwt-impl", "0.13.0", "io.jsonwebtoken.impl.DefaultJwtBuilder"),
    /** For {@code dev.countersign.crypto.zxcvbn}. */
    ZXCVBN("com.nulab-inc", "zxcvbn", "1.9.0", "com.nulabinc.zxcvbn.StandardDictionaries");

    private final String group;
    private final String artifact;
    private final String version;
    private final String marker;

    Library(String group, String artifact, String version, String marker) {
        this.group = group;
        this.artifact = artifact;
        this.version = version;
        this.marker = marker;
    }

    /**
     * Checks that libraries are on the class path.
     *
     * @param user the class or feature that needs them, for the message
     * @param libraries all libraries that it needs
     * @throws IllegalStateException if one is absent, with the lines that add it to a POM
     */
    public static void require(String user, Library... libraries) {
        requireNonNull(user, "user");
        requireNonNull(libraries, "libraries");

        for (Library library : libraries) {
            library.require(user);
        }
    }

    private void require(String user) {
        try {
            Class.forName(marker, false, Library.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(
                    user + " needs " + group + ":" + artifact
                            + ", which is not on the class path. Remove its exclusion, or add:\n" + lines(),
                    absent);
        }
    }

    private String lines() {
        return "<dependency>\n  <groupId>" + group + "</groupId>\n  <artifactId>" + artifact
                + "</artifactId>\n  <version>" + version + "</version>\n</dependency>";
    }

    /** {@return group, artifact and version, separated by colons} */
    public String coordinates() {
        return group + ":" + artifact + ":" + version;
    }
}
