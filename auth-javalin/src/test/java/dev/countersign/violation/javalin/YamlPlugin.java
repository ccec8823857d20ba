package dev.countersign.violation.javalin;

import org.snakeyaml.engine.v2.nodes.Node;

record YamlPlugin(Node node) {}
