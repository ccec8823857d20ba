package dev.countersign.violation.usecase;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Date;

final class TimeUse {

    @SuppressWarnings({"JavaTimeDefaultTimeZone", "JavaUtilDate"})
    Object now() {
        return InstantSource.system().instant() + "" + LocalDate.now() + System.nanoTime() + new Date();
    }
}
