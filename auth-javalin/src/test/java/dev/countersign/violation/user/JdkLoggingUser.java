package dev.countersign.violation.user;

import java.util.logging.Logger;

final class JdkLoggingUser {
    private static final Logger LOG = Logger.getLogger("user");

    void log() {
        LOG.info("a user");
    }
}
