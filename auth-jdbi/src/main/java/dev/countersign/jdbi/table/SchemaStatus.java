package dev.countersign.jdbi.table;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The version and state of a database's schema.
 *
 * @param present the number of the last script that has run; 0 for none
 * @param newest the number of the last script of this release
 * @param needed the number of the last script of the oldest release that works with the schema; 0 for none
 * @param scripts every script that this release contains or that has run, by number
 * @param isForeign whether a table has one of our names and the scripts did not create it
 * @param isRefolding whether identifiers stored by a former release still need a new folded form, which {@code migrate} computes
 */
public record SchemaStatus(
        int present, int newest, int needed, List<Script> scripts, boolean isForeign, boolean isRefolding) {

    /** The same for every vendor. */
    private static final ImmutableList<Script> OF_THIS_RELEASE = ImmutableList.of(
            Script.pending(1, "users"),
            Script.pending(2, "origins"),
            Script.pending(3, "folding"),
            Script.pending(4, "sessions"),
            Script.pending(5, "key_rings"),
            Script.pending(6, "throttle"),
            Script.pending(7, "events"));

    /** Rejects null components. */
    public SchemaStatus {
        requireNonNull(scripts, "scripts");
        scripts = List.copyOf(scripts);
    }

    /**
     * A script of the schema, and whether it has run.
     *
     * @param version its number, from 1
     * @param name the script's subject, such as {@code users}
     * @param appliedAt when it ran, by any tool; empty if it has not run yet
     */
    public record Script(int version, String name, Optional<Instant> appliedAt) {

        /** Rejects null components. */
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

    /** What a database's schema means for this release. */
    public enum State {
        /** No script has run, and no other table has one of our names. */
        MISSING,
        /** A table has one of our names, and the scripts did not create it. */
        FOREIGN,
        /** Scripts of this release have not run yet, or their follow-up work is not finished. */
        BEHIND,
        /** Every script has run. */
        CURRENT,
        /** A later release extended it; this release still works with it. */
        AHEAD,
        /** A later release changed it in a way that this release does not know. */
        TOO_NEW;

        /** {@return whether this release works with the schema as it is} */
        public boolean isUsable() {
            return this == CURRENT || this == AHEAD;
        }
    }

    /** {@return the status of an empty database; its scripts are those of this release} */
    public static SchemaStatus ofNothing() {
        int newest = OF_THIS_RELEASE.get(OF_THIS_RELEASE.size() - 1).version();
        return new SchemaStatus(0, newest, 0, OF_THIS_RELEASE, false, false);
    }

    /** {@return what the schema means for this release} */
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

    /** {@return whether every script of this release has run} */
    public boolean isComplete() {
        return scripts.stream().allMatch(script -> script.appliedAt().isPresent());
    }

    /** {@return whether a later release changed the schema in a way that this release does not know} */
    public boolean isTooNew() {
        return needed > newest;
    }
}
