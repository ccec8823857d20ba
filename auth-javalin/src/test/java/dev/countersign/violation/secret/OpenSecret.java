package dev.countersign.violation.secret;

@Secret
class OpenSecret {
    @Override
    public String toString() {
        return "hidden";
    }
}
