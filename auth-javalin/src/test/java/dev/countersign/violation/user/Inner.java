package dev.countersign.violation.user;

interface Inner {
    interface NestedHelper {}
}
