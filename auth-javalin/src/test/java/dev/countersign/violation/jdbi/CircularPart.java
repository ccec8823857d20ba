package dev.countersign.violation.jdbi;

/** Knows a file that knows it. */
record CircularPart(CircularStore whole) {}
