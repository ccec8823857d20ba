package dev.countersign.jdbi.internal.sql;

import dev.countersign.port.UserStore;

/** The limits of a page of users. */
public final class PageSize {

    private PageSize() {}

    public static int checked(int limit) {
        if (limit < 1 || limit > UserStore.LARGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + UserStore.LARGEST_PAGE + " users, not " + limit);
        }
        return limit;
    }
}
