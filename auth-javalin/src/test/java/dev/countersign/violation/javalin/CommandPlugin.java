package dev.countersign.violation.javalin;

import picocli.CommandLine;

record CommandPlugin(CommandLine line) {}
