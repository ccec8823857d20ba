package dev.countersign.violation.internal.row;

import dev.countersign.violation.port.GoodPort;

interface RowOfPort {
    GoodPort port();
}
