package dev.countersign.violation.port;

import dev.countersign.violation.user.Marked;

public interface GoodPort {
    Marked find();
}
