package dev.countersign.violation.user;

record TextUser(String password) {}
