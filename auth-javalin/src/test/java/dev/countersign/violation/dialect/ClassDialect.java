package dev.countersign.violation.dialect;

final class ClassDialect {}
