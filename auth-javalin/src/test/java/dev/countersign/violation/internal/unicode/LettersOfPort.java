package dev.countersign.violation.internal.unicode;

import dev.countersign.violation.port.GoodPort;

interface LettersOfPort {
    GoodPort port();
}
