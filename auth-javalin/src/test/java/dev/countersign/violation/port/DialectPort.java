package dev.countersign.violation.port;

import dev.countersign.violation.dialect.GoodDialect;

public interface DialectPort {
    GoodDialect dialect();
}
