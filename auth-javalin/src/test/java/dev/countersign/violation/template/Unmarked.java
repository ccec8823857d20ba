package dev.countersign.violation.template;

record Unmarked() {}
