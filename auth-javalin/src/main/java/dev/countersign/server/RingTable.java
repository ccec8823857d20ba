package dev.countersign.server;

import dev.countersign.crypto.jjwt.KeySet;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.jdbi.table.SealedRing;
import dev.countersign.server.config.ConfigException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A ring in the shared database, encrypted; a ring that was in a file before moves there. */
final class RingTable implements RingStore {

    private static final int ATTEMPTS = 20;

    private final SharedRings shared;
    private final String mount;
    private final SigningAlgorithm algorithm;
    private final RingFile before;
    private final FormerKeys former;

    /** The end of keys that were in a file of this node only. */
    interface FormerKeys {

        Instant end();
    }

    RingTable(SharedRings shared, String mount, SigningAlgorithm algorithm, RingFile before, FormerKeys former) {
        this.shared = shared;
        this.mount = mount;
        this.algorithm = algorithm;
        this.before = before;
        this.former = former;
    }

    @Override
    public String place() {
        return "of " + mount + " in the database";
    }

    @Override
    public Optional<KeySet> read() throws ConfigException {
        Optional<KeySet> inFile = before.read();
        Optional<SealedRing> row = shared.table().find(mount);
        return row.isPresent() ? Optional.of(open(row.get())) : inFile;
    }

    @Override
    public boolean isNew() {
        return before.isNew() && shared.table().all().isEmpty();
    }

    private KeySet open(SealedRing row) throws ConfigException {
        String text = shared.open(row);
        return GivenKeys.checked(
                "the keys of " + mount + " in the database", () -> KeySet.read(text, Optional.of(algorithm)));
    }

    @Override
    public String state() {
        return "version " + shared.version(mount);
    }

    @Override
    public void prepare(Optional<KeySet> fresh) throws ConfigException {
        Optional<KeySet> inFile = before.read();
        Optional<KeySet> first = inFile.isPresent() ? inFile : fresh;
        if (first.isPresent() && shared.table().find(mount).isEmpty()) {
            // Another node may be faster; then its ring counts.
            shared.table().insert(shared.seal(mount, 1, first.get()));
        }
        if (inFile.isPresent()) {
            KeySet ours = inFile.get();
            change(present -> present.withFormer(ours, former.end()));
            before.moveAway();
        }
    }

    @Override
    public KeySet change(Change change) throws ConfigException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            SealedRing row = shared.table().find(mount).orElseThrow(this::missing);
            KeySet present = open(row);
            KeySet changed = change.apply(present);
            if (changed.revealForStorage().equals(present.revealForStorage())
                    || shared.table().replace(List.of(shared.seal(mount, row.version() + 1, changed)))) {
                return changed;
            }
        }
        throw new ConfigException(
                "the keys of " + mount + " are being changed by others; nothing was changed, try again");
    }
}
