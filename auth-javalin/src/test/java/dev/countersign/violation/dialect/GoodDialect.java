package dev.countersign.violation.dialect;

public record GoodDialect(String name) {}
