package dev.countersign.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.event.Actor;
import dev.countersign.event.EventKind;
import dev.countersign.event.SecurityEvent;
import dev.countersign.event.UserDetail.UserChanged;
import dev.countersign.session.Client;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReporterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Optional<UserId> HAN = Optional.of(new UserId(1));
    private static final UserChanged DETAIL = new UserChanged(EventKind.USER_DELETED);

    private final List<SecurityEvent> events = new ArrayList<>();
    private final Reporter reporter = new Reporter(events::add, () -> NOW, "shop");

    @Test
    void an_event_says_who_caused_it() {
        Client client = new Client("a browser", ClientAddress.of("192.0.2.7"));
        reporter.byClient(HAN, client, DETAIL);
        reporter.byOperator(HAN, DETAIL);
        assertThat(events)
                .containsExactly(
                        new SecurityEvent(NOW, HAN, Actor.USER, client, "shop", DETAIL),
                        new SecurityEvent(NOW, HAN, Actor.OPERATOR, Client.unknown(), "shop", DETAIL));
    }

    @Test
    void a_silent_one_reports_nothing() {
        Reporter.silent(() -> NOW).byOperator(HAN, DETAIL);
        assertThat(events).isEmpty();
    }
}
