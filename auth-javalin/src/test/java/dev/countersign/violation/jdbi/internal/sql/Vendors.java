package dev.countersign.violation.jdbi.internal.sql;

/** A type that only stores may know. */
public final class Vendors {}
