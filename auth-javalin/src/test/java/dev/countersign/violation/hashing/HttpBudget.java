package dev.countersign.violation.hashing;

import io.javalin.http.Context;

record HttpBudget(Context context) {}
