package dev.countersign.violation.testkit.fake;

import dev.countersign.violation.javalin.GoodPlugin;

record HttpFake(GoodPlugin plugin) {}
