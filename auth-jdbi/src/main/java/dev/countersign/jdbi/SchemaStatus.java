package dev.countersign.jdbi;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
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
        int present,
        int newest,
        int needed,
        ImmutableList<SchemaScript> scripts,
        boolean isForeign,
        boolean isRefolding) {

    /** Refuses what is missing. */
    public SchemaStatus {
        requireNonNull(scripts, "scripts");
    }

    /** {@return the status of a database where nothing is yet} */
    public static SchemaStatus ofNothing() {
        return new SchemaStatus(
                0,
                Script.NEWEST,
                0,
                Script.ALL.stream()
                        .map(script -> new SchemaScript(script.version(), script.file(), Optional.empty()))
                        .collect(ImmutableList.toImmutableList()),
                false,
                false);
    }

    /** {@return what that means to this release} */
    public SchemaState state() {
        if (isForeign) {
            return SchemaState.FOREIGN;
        }
        if (isTooNew()) {
            return SchemaState.TOO_NEW;
        }
        if (!isComplete()) {
            return present == 0 ? SchemaState.MISSING : SchemaState.BEHIND;
        }
        if (isRefolding) {
            return SchemaState.BEHIND;
        }
        return present > newest ? SchemaState.AHEAD : SchemaState.CURRENT;
    }

    /** {@return whether every script of this release was run} */
    public boolean isComplete() {
        return scripts.stream().allMatch(script -> script.appliedAt().isPresent());
    }

    /** {@return whether the database was changed by a later release in a way this one does not know} */
    public boolean isTooNew() {
        return needed > newest;
    }

    boolean hasRun(Script script) {
        return scripts.stream()
                .anyMatch(known ->
                        known.version() == script.version() && known.appliedAt().isPresent());
    }
}
