package dev.countersign.violation.jdbi;

import dev.countersign.violation.port.GoodPort;
import dev.countersign.violation.user.Marked;

public final class PublicStore implements GoodPort {
    @Override
    public Marked find() {
        return new Marked("somebody");
    }
}
