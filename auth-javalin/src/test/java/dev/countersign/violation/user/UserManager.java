package dev.countersign.violation.user;

record UserManager() {}
