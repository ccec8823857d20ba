package dev.countersign.violation.testkit.fake;

public record GoodFake() {}
