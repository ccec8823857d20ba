package dev.countersign.crypto.bcrypt;

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
    private volatile boolean passed;
    private volatile boolean failed;

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

    private BcryptEngine compared() {
        if (!passed && !failed) {
            compare();
        }
        return passed ? tested : reference;
    }

    private synchronized void compare() {
        if (passed || failed) {
            return;
        }
        boolean equal = SelfTest.passes(tested, reference);
        if (!equal) {
            LOG.error(
                    "bcrypt in two lanes computes other digests than the bcrypt library on this machine with this version of"
                            + " Java; the library is used instead, for half as many logins per second");
        }
        passed = equal;
        failed = !equal;
    }

    @Override
    public byte[] digest(BcryptWork work) {
        return compared().digest(work);
    }

    @Override
    public int atOnce() {
        return passed ? tested.atOnce() : 1;
    }

    @Override
    public byte[][] digests(BcryptWork first, BcryptWork second) {
        return compared().digests(first, second);
    }
}
