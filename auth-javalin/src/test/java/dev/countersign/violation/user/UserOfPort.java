package dev.countersign.violation.user;

import dev.countersign.violation.port.GoodPort;

record UserOfPort(GoodPort port) {}
