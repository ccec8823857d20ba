package dev.countersign.violation.dialect;

import dev.countersign.violation.port.GoodPort;

record PortDialect(Inside inside) {
    interface Inside {
        dev.countersign.violation.usecase.GoodUse use(GoodPort port);
    }
}
