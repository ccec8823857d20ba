package dev.countersign.violation.secret;

@Secret
record PrintedSecret(String key) {}
