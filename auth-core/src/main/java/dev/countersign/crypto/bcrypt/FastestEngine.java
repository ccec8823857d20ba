package dev.countersign.crypto.bcrypt;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two lanes, if they compute in this process what the library computes; otherwise the library, and a line in the log. The comparison takes place
 * at the first digest, because it takes some milliseconds. Thread-safe.
 */
final class FastestEngine implements BcryptEngine {

    private static final Logger LOG = LoggerFactory.getLogger(FastestEngine.class);

    private final BcryptEngine tested;
    private final BcryptEngine reference;
    private volatile @Nullable BcryptEngine chosen;

    /**
     * Creates an engine that has not been compared yet.
     *
     * @param tested the one to be used if it is right
     * @param reference the one that is right
     */
    FastestEngine(BcryptEngine tested, BcryptEngine reference) {
        this.tested = tested;
        this.reference = reference;
    }

    /** {@return the engine of all hashers of this process} */
    static BcryptEngine ofThisProcess() {
        return Holder.ENGINE;
    }

    private static final class Holder {
        static final BcryptEngine ENGINE = new FastestEngine(new TwoLaneEngine(), new LibraryEngine());
    }

    private BcryptEngine chosen() {
        BcryptEngine known = chosen;
        return known == null ? choose() : known;
    }

    private synchronized BcryptEngine choose() {
        BcryptEngine known = chosen;
        if (known == null) {
            known = SelfTest.passes(tested, reference) ? tested : reference;
            if (known == reference) {
                LOG.error(
                        "bcrypt in two lanes computes other digests than the bcrypt library on this machine with this version of"
                                + " Java; the library is used instead, for half as many logins per second");
            }
            chosen = known;
        }
        return known;
    }

    @Override
    public byte[] digest(BcryptWork work) {
        return chosen().digest(work);
    }

    @Override
    public int atOnce() {
        BcryptEngine known = chosen;
        return known == null ? 1 : known.atOnce();
    }

    @Override
    public byte[][] digests(BcryptWork first, BcryptWork second) {
        return chosen().digests(first, second);
    }
}
