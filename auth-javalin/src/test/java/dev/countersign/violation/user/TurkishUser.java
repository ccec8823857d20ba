package dev.countersign.violation.user;

record TurkishUser(String name) {
    @SuppressWarnings("StringCaseLocaleUsage")
    String folded() {
        return name.toLowerCase();
    }
}
