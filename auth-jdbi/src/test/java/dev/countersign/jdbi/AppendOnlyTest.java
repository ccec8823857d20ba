package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.event.EventQuery;
import dev.countersign.event.EventRecord;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.port.EventStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody changes a stored event, and only retention deletes one. */
class AppendOnlyTest {

    private static final EventRecord EVENT = new EventRecord(
            Instant.parse("2026-03-01T12:00:00Z"), "login_refused", Optional.empty(), "user", "", "", "", Map.of());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void the_database_itself_refuses_to_change_or_delete_events(Vendor vendor) {
        Jdbi sql = Samples.fresh(vendor, folder);
        JdbiAuthStores stores = JdbiAuthStores.over(sql);
        stores.migrate();
        EventStore events = stores.events();
        events.append(List.of(EVENT));
        List<String> attempts = List.of(
                "UPDATE auth_events SET kind = 'x'",
                "UPDATE auth_events SET at = 0",
                "DELETE FROM auth_events",
                "DELETE FROM auth_event_cut",
                vendor == Vendor.SQLITE
                        ? "INSERT OR REPLACE INTO auth_events SELECT id, at, 'x', user_id, actor, address, client, mount, details FROM auth_events"
                        : "TRUNCATE auth_events");
        for (String attempt : attempts) {
            assertThatThrownBy(() -> sql.useHandle(handle -> handle.execute(attempt)))
                    .as(attempt)
                    .hasMessageMatching("(?s).*(append-only|only grows).*");
        }
        assertThat(events.find(EventQuery.latest(10))).containsExactly(EVENT);
        assertThat(events.deleteBefore(EVENT.at().plusSeconds(1), 10)).isEqualTo(1);
        assertThatThrownBy(() -> sql.useHandle(handle -> handle.execute("UPDATE auth_event_cut SET before_at = 0")))
                .hasMessageMatching("(?s).*(append-only|only grows).*");
    }
}
