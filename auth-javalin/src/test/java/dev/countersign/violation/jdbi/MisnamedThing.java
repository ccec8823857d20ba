package dev.countersign.violation.jdbi;

import dev.countersign.violation.port.GoodPort;
import dev.countersign.violation.user.Marked;

final class MisnamedThing implements GoodPort {
    @Override
    public Marked find() {
        return new Marked("somebody");
    }
}
