package dev.countersign.violation.jdbi;

import dev.countersign.violation.javalin.GoodPlugin;

record HttpStore(GoodPlugin plugin) {}
