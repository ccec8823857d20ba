package dev.countersign.violation.user;

interface AbstractUser {}
