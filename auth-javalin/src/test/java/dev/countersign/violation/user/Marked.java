package dev.countersign.violation.user;

public record Marked(String name) {}
