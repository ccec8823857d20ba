package dev.countersign.violation.port;

public final class ClassPort {}
