package dev.countersign.violation.dialect.file;

import io.javalin.http.Context;

record ReaderByHttp(Context context) {}
