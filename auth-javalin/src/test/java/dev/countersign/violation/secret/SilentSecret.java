package dev.countersign.violation.secret;

@Secret
final class SilentSecret {}
