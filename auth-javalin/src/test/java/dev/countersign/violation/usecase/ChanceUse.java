package dev.countersign.violation.usecase;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

final class ChanceUse {

    Object dice() {
        return UUID.randomUUID() + "" + Math.random() + new SecureRandom().nextInt()
                + ThreadLocalRandom.current().nextInt();
    }
}
