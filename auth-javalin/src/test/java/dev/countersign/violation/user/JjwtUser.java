package dev.countersign.violation.user;

import io.jsonwebtoken.Claims;

record JjwtUser(Claims claims) {}
