package dev.countersign.violation.javalin;

import io.micrometer.core.instrument.MeterRegistry;

/** Only the server has metrics. */
record MeteredPlugin(MeterRegistry registry) {}
