package dev.countersign.violation.unicode;

import dev.countersign.violation.port.GoodPort;

interface LettersOfPort {
    GoodPort port();
}
