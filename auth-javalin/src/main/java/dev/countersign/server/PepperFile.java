package dev.countersign.server;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Bytes;
import dev.countersign.crypto.pepper.Pepper;
import dev.countersign.crypto.pepper.PepperedPasswordHasher;
import dev.countersign.port.PasswordHasher;
import dev.countersign.secret.Secret;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The peppers of a server, one per line: an id and 32 bytes in base64. The last one encrypts new hashes; if the last line is {@value #NONE}, none does.
 * A pepper that is lost for good has the word {@value #LOST} in place of the bytes.
 */
@Secret
final class PepperFile {

    /** Instead of a pepper in the last line: new hashes are stored without one. */
    static final String NONE = "none";

    /** Instead of the bytes. */
    static final String LOST = "lost";

    /** The file of a server that has none. */
    static final PepperFile ABSENT = new PepperFile(ImmutableList.of(), false, ImmutableSet.of());

    private static final BaseEncoding BASE64 = BaseEncoding.base64();

    private final ImmutableList<Pepper> peppers;
    private final boolean seals;
    private final ImmutableSet<String> lost;

    private PepperFile(ImmutableList<Pepper> peppers, boolean seals, ImmutableSet<String> lost) {
        this.peppers = peppers;
        this.seals = seals;
        this.lost = lost;
    }

    /** Reads the configured file, which only its owner may read; {@link #ABSENT} if none is configured. */
    static PepperFile read(Optional<Path> configured) throws ConfigException {
        if (configured.isEmpty()) {
            return ABSENT;
        }
        Path file = configured.get();
        try {
            OwnerOnly.check(file);
            return parse(file.toString(), TextFile.read(file));
        } catch (IOException unusable) {
            throw new ConfigException("the pepper file " + file + " cannot be used: " + FileTrouble.of(unusable));
        }
    }

    private static PepperFile parse(String place, String text) throws ConfigException {
        List<Pepper> peppers = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        ImmutableSet.Builder<String> lost = ImmutableSet.builder();
        boolean ended = false;
        int number = 0;
        for (String line : Splitter.onPattern("\r?\n").split(text)) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            String where = place + ", line " + number + ": ";
            if (ended) {
                throw new ConfigException(where + "nothing follows the line " + NONE);
            }
            if (content.equals(NONE)) {
                ended = true;
                continue;
            }
            List<String> words = Splitter.onPattern("\\s+").splitToList(content);
            if (words.size() != 2 || !Pepper.isId(words.get(0))) {
                throw new ConfigException(
                        where + "a line has an id (1 to 32 letters, digits, dots, hyphens and"
                                + " underscores), a space, and 32 random bytes in base64; make them with openssl rand -base64 32");
            }
            if (!ids.add(words.get(0))) {
                throw new ConfigException(where + "there is another line with the id " + words.get(0));
            }
            if (words.get(1).equals(LOST)) {
                lost.add(words.get(0));
            } else {
                peppers.add(Pepper.of(words.get(0), key(where, words.get(1))));
            }
        }
        if (peppers.isEmpty() && !ended) {
            throw new ConfigException(
                    place + ": there is no pepper in it; leave the setting out to store hashes without"
                            + " one, or give a last line " + NONE);
        }
        return new PepperFile(ImmutableList.copyOf(peppers), !ended, lost.build());
    }

    private static byte[] key(String where, String text) throws ConfigException {
        byte[] key = BASE64.canDecode(text) ? BASE64.decode(text) : new byte[0];
        if (key.length != Pepper.KEY_BYTES
                || Bytes.asList(key).stream().distinct().count() == 1) {
            throw new ConfigException(
                    where + "a pepper is 32 random bytes in base64; make one with openssl rand -base64 32");
        }
        return key;
    }

    /** A hasher that encrypts the hashes of another one, and decrypts those of every pepper in the file. */
    PepperedPasswordHasher around(PasswordHasher hasher) {
        if (!seals) {
            return PepperedPasswordHasher.opening(hasher, peppers);
        }
        int last = peppers.size() - 1;
        return PepperedPasswordHasher.sealing(hasher, peppers.get(last), peppers.subList(0, last));
    }

    /** The ids of all peppers, the newest first. */
    ImmutableList<String> ids() {
        return Lists.reverse(peppers).stream().map(Pepper::id).collect(ImmutableList.toImmutableList());
    }

    /** The id of the pepper that encrypts new hashes; empty if none does. */
    Optional<String> current() {
        return seals ? Optional.of(peppers.get(peppers.size() - 1).id()) : Optional.empty();
    }

    /** The ids of the peppers that are lost for good. */
    ImmutableSet<String> lost() {
        return lost;
    }

    @Override
    public String toString() {
        return "PepperFile[hidden]";
    }
}
