package dev.countersign.violation.usecase;

import io.javalin.http.Context;

record LogInByHttp(Context context) {}
