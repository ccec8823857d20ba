package dev.countersign.violation.user;

final class PrintingUser {
    void print() {
        System.out.println("a user");
    }
}
