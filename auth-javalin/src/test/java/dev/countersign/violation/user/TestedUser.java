package dev.countersign.violation.user;

import org.junit.jupiter.api.Tag;

@Tag("user")
record TestedUser() {}
