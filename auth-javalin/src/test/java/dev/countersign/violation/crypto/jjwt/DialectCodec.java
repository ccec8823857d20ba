package dev.countersign.violation.crypto.jjwt;

import dev.countersign.violation.dialect.GoodDialect;

record DialectCodec(GoodDialect dialect) {}
