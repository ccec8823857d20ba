package dev.countersign.violation.javalin;

import java.sql.Connection;

record SqlPlugin(Connection connection) {}
