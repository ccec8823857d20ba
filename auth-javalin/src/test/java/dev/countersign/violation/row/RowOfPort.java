package dev.countersign.violation.row;

import dev.countersign.violation.port.GoodPort;

interface RowOfPort {
    GoodPort port();
}
