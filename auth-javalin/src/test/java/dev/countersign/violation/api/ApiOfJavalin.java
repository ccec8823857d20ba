package dev.countersign.violation.api;

import io.javalin.http.Context;

record ApiOfJavalin(Context context) {}
