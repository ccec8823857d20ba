package dev.countersign.server;

import dev.countersign.crypto.jjwt.KeySet;
import dev.countersign.server.config.ConfigException;
import java.util.Optional;

/** The place of one ring of keys. Thread-safe; other processes may use it at the same time. */
interface RingStore {

    /** The place, for messages. */
    String place();

    /**
     * Reads the ring and changes nothing.
     *
     * @return the keys; empty if there are none yet
     * @throws ConfigException if they cannot be read or used; the message says what to do
     */
    Optional<KeySet> read() throws ConfigException;

    /** The refusal of a command that needs the ring, which is missing: new keys would end all tokens of a running server. */
    default ConfigException missing() {
        return new ConfigException(
                "the ring " + place()
                        + " is missing: restore it from the backup, or start the server, which makes new keys and ends all tokens");
    }

    /** Whether no ring at all was ever stored here, of any mount: the installation is new. */
    boolean isNew() throws ConfigException;

    /** A text that differs whenever the ring has changed; cheap. */
    String state() throws ConfigException;

    /**
     * Stores a first ring, or brings a stored one of an earlier release into the present form. A ring that another process has stored stays.
     *
     * @param fresh the first ring; empty to store none
     */
    void prepare(Optional<KeySet> fresh) throws ConfigException;

    /** A change of the stored keys. */
    interface Change {

        /** The changed keys; an exception refuses the change. */
        KeySet apply(KeySet present) throws ConfigException;
    }

    /**
     * Changes a stored ring completely or not at all; two changes at the same time run one after the other.
     *
     * @return the changed keys
     * @throws ConfigException if the change is refused, there is no ring, or it cannot be read or written
     */
    KeySet change(Change change) throws ConfigException;
}
