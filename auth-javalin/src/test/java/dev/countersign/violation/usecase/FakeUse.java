package dev.countersign.violation.usecase;

import dev.countersign.violation.testkit.fake.GoodFake;

record FakeUse(GoodFake fake) {}
