package dev.countersign.jdbi.table;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a database's schema is.
 *
 * @param present the number of the last script that was run; 0 for none
 * @param newest the number of the last script this release has
 * @param needed the oldest release, by its last script, that works with what is present; 0 for none
 * @param scripts every script that this release has or that was run, by number
 * @param isForeign whether a table of one of our names is there that the scripts did not make
 * @param isRefolding whether identifiers stored by a former release are still to be folded anew, which {@code migrate} does
 */
public record SchemaStatus(
        int present, int newest, int needed, List<Script> scripts, boolean isForeign, boolean isRefolding) {

    /** The same numbers for every vendor. */
    private static final ImmutableList<Script> OF_THIS_RELEASE =
            ImmutableList.of(Script.pending(1, "users"), Script.pending(2, "origins"), Script.pending(3, "folding"));

    /** Refuses what is missing. */
    public SchemaStatus {
        requireNonNull(scripts, "scripts");
        scripts = List.copyOf(scripts);
    }

    /**
     * A script of the schema, and whether it was run.
     *
     * @param version its number, from 1
     * @param name what it is about, such as {@code users}
     * @param appliedAt when it was run, by whatever tool; empty if it was not run yet
     */
    public record Script(int version, String name, Optional<Instant> appliedAt) {

        /** Refuses what is missing. */
        public Script {
            requireNonNull(name, "name");
            requireNonNull(appliedAt, "appliedAt");
        }

        private static Script pending(int version, String name) {
            return new Script(version, name, Optional.empty());
        }

        /** {@return the file's name, as Flyway names files, such as {@code V1__users.sql}} */
        public String file() {
            return "V" + version + "__" + name + ".sql";
        }
    }

    /** The meaning of a database's schema to this release. */
    public enum State {
        /** No script was run, and nothing is in their way. */
        MISSING,
        /** A table has a name of ours, and the scripts did not make it. */
        FOREIGN,
        /** Scripts of this release were not run yet, or what they began is not finished. */
        BEHIND,
        /** Every script was run. */
        CURRENT,
        /** A later release added to it; this one works with it all the same. */
        AHEAD,
        /** A later release changed it in a way this one does not know. */
        TOO_NEW;

        /** {@return whether this release works with it as it is} */
        public boolean isUsable() {
            return this == CURRENT || this == AHEAD;
        }
    }

    /** {@return the status of a database where nothing is yet; its scripts are those of this release} */
    public static SchemaStatus ofNothing() {
        int newest = OF_THIS_RELEASE.get(OF_THIS_RELEASE.size() - 1).version();
        return new SchemaStatus(0, newest, 0, OF_THIS_RELEASE, false, false);
    }

    /** {@return the meaning to this release} */
    public State state() {
        if (isForeign) {
            return State.FOREIGN;
        }
        if (isTooNew()) {
            return State.TOO_NEW;
        }
        if (!isComplete()) {
            return present == 0 ? State.MISSING : State.BEHIND;
        }
        if (isRefolding) {
            return State.BEHIND;
        }
        return present > newest ? State.AHEAD : State.CURRENT;
    }

    /** {@return whether every script of this release was run} */
    public boolean isComplete() {
        return scripts.stream().allMatch(script -> script.appliedAt().isPresent());
    }

    /** {@return whether the database was changed by a later release in a way this one does not know} */
    public boolean isTooNew() {
        return needed > newest;
    }
}
