package dev.countersign.violation.jdbi;

/** Knows a file that knows it. */
final class CircularStore {

    final CircularPart part = new CircularPart(this);
}
