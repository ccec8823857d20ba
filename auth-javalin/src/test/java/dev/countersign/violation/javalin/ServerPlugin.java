package dev.countersign.violation.javalin;

import dev.countersign.violation.javalin.server.ServerClock;

record ServerPlugin(ServerClock clock) {}
