package dev.countersign.violation.javalin;

import dev.countersign.violation.jdbi.internal.sql.Vendors;

/** Knows what is internal to the stores. */
final class InternalPlugin {

    final Vendors vendors = new Vendors();
}
