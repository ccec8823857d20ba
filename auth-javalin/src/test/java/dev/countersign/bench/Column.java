package dev.countersign.bench;

/** What is measured of each server. */
enum Column {
    START("start, ms", false, "%.0f"),
    RESIDENT("memory after load, MiB", false, "%.0f"),
    LOGIN("one login, ms", false, "%.1f"),
    LOGINS("logins/s, 64 clients", true, "%.1f"),
    ME("current user/s, one token", true, "%.0f"),
    ME_OF_MANY("current user/s, 1,000 tokens", true, "%.0f"),
    GUARDED("guarded route/s", true, "%.0f"),
    QUIET("p99 of current user, ms", false, "%.1f"),
    STORM("the same in a storm of logins", false, "%.1f");

    private final String title;
    private final boolean isMoreBetter;
    private final String format;

    Column(String title, boolean isMoreBetter, String format) {
        this.title = title;
        this.isMoreBetter = isMoreBetter;
        this.format = format;
    }

    String title() {
        return title;
    }

    boolean isMoreBetter() {
        return isMoreBetter;
    }

    String format() {
        return format;
    }
}
