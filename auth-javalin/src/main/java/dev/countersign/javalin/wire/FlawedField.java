package dev.countersign.javalin.wire;

import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldFlaw;

/** One thing wrong with one field. */
record FlawedField(Field field, FieldFlaw flaw) {}
