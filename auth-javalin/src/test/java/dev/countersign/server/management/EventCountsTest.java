package dev.countersign.server.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.event.Actor;
import dev.countersign.event.EventKind;
import dev.countersign.event.LoginDetail.LoginRefused;
import dev.countersign.event.SecurityEvent;
import dev.countersign.port.SecurityEvents;
import dev.countersign.session.Client;
import dev.countersign.testkit.contract.SecurityEventsContract;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventCountsTest extends SecurityEventsContract {

    @Override
    protected SecurityEvents events() {
        return new EventCounts();
    }

    @Test
    void a_refused_login_is_counted_for_its_login_api_and_reason() {
        EventCounts counts = new EventCounts();
        counts.happened(new SecurityEvent(
                Instant.EPOCH,
                Optional.empty(),
                Actor.USER,
                Client.unknown(),
                "shop",
                new LoginRefused(LoginRefused.Reason.OVERLOADED)));

        assertThat(counts.logins("shop", "overloaded")).isEqualTo(1);
        assertThat(counts.logins("shop", "unknown_user")).isZero();
        assertThat(counts.logins("other", "overloaded")).isZero();
        assertThat(counts.events(EventKind.LOGIN_REFUSED)).isEqualTo(1);
    }
}
