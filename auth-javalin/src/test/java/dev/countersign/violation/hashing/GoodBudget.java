package dev.countersign.violation.hashing;

final class GoodBudget {}
