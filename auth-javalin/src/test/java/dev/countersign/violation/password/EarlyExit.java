package dev.countersign.violation.password;

import java.util.Arrays;

final class EarlyExit {
    boolean same(byte[] hash, byte[] other) {
        return Arrays.equals(hash, other);
    }
}
