package dev.countersign.violation.json;

import com.fasterxml.jackson.core.JsonToken;

record JacksonJson(JsonToken token) {}
