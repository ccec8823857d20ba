package dev.countersign.port;

import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Users in batches, for import and export; the same users as in a {@link UserStore}. {@link dev.countersign.user.ImportMatch} decides which existing
 * user an imported one is. Thread-safe. {@code BulkUserStoreContract} in the testkit specifies the behaviour.
 */
public interface BulkUserStore {

    /** The most users stored in one call. */
    int LARGEST_BATCH = 5000;

    /** The most users read in one call. */
    int LARGEST_PAGE = 1000;

    /**
     * Stores a batch of users completely or, on a failure, not at all; durable when it returns. If two entries name the same user, the second meets
     * the first as an existing user.
     *
     * @param batch at most {@value #LARGEST_BATCH}
     * @param onExisting what to do with users who exist already
     * @param now the time of creation and change where the import has none
     * @return the result of each entry, in order
     */
    List<ImportResult> store(List<ImportedUser> batch, OnExisting onExisting, Instant now);

    /**
     * Returns the results that {@link #store} would have, and stores nothing.
     *
     * @param batch at most {@value #LARGEST_BATCH}
     * @param onExisting what would be done with users who exist already
     * @return the result that each entry would have, in order
     */
    List<ImportResult> preview(List<ImportedUser> batch, OnExisting onExisting);

    /**
     * Starts a rehearsal of {@link #store} with several batches, each after those before it.
     *
     * @return the rehearsal, which the caller closes
     */
    Rehearsal rehearse();

    /**
     * Lists users by number, with their hashes.
     *
     * @param after the last number of the page before; null for the first page
     * @param limit the most users to return, 1 to {@value #LARGEST_PAGE}
     * @return the page; shorter than the limit only at the end
     */
    List<StoredUser> page(@Nullable UserId after, int limit);

    /** An import that changes no user: its data is kept on disk until it is closed, without hashes and attributes. For one thread. */
    interface Rehearsal extends AutoCloseable {

        /**
         * Returns the results that {@link BulkUserStore#store} would have if the batches before had been stored, and changes no user. Only the
         * numbers that new users would get may differ.
         *
         * @param batch at most {@value BulkUserStore#LARGEST_BATCH}
         * @param onExisting what would be done with users who exist already
         * @return the result that each entry would have, in order
         */
        List<ImportResult> store(List<ImportedUser> batch, OnExisting onExisting);

        /** Discards the rehearsal's data. */
        @Override
        void close();
    }
}
