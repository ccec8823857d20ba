package dev.countersign.violation.javalin;

public record GoodPlugin() {}
