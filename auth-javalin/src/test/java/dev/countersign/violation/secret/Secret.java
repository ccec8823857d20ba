package dev.countersign.violation.secret;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** As the real one: not kept at run time. */
@Retention(RetentionPolicy.CLASS)
@interface Secret {}
