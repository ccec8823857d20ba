package dev.countersign.violation.user;

final class GenericUser {
    void fail() {
        throw new RuntimeException("something");
    }
}
