package dev.countersign.violation.secret;

@Secret
final class GoodSecret {
    @Override
    public String toString() {
        return "hidden";
    }
}
