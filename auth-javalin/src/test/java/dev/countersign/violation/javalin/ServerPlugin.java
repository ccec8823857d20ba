package dev.countersign.violation.javalin;

import dev.countersign.violation.server.ServerClock;

record ServerPlugin(ServerClock clock) {}
