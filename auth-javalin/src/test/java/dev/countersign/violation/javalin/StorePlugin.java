package dev.countersign.violation.javalin;

import dev.countersign.violation.jdbi.PublicStore;

record StorePlugin(PublicStore store) {}
