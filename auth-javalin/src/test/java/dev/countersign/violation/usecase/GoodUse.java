package dev.countersign.violation.usecase;

public final class GoodUse {}
