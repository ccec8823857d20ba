package dev.countersign.violation.user;

import org.slf4j.Logger;

record LoggingUser(Logger log) {}
