package dev.countersign.jdbi.internal.event;

import com.google.common.collect.ImmutableMap;
import dev.countersign.event.EventRecord;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Converts events to rows and back. */
final class EventRows {

    private EventRows() {}

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static String details(Map<String, String> details) {
        ImmutableMap.Builder<String, Json> members = ImmutableMap.builder();
        details.forEach((name, value) -> members.put(name, new JsonString(value)));
        return JsonText.write(JsonObject.of(members.buildOrThrow()));
    }

    private static Map<String, String> details(String text) throws SQLException {
        try {
            ImmutableMap.Builder<String, String> details = ImmutableMap.builder();
            ((JsonObject) JsonText.read(text))
                    .members()
                    .forEach((name, value) -> details.put(name, ((JsonString) value).value()));
            return details.buildOrThrow();
        } catch (JsonSyntaxException | ClassCastException damaged) {
            throw new SQLException("the details of an event are damaged", damaged);
        }
    }

    static EventRecord event(ResultSet row, StatementContext context) throws SQLException {
        long user = row.getLong("user_id");
        Optional<UserId> id = row.wasNull() ? Optional.empty() : Optional.of(new UserId(user));
        return new EventRecord(
                Instant.EPOCH.plus(row.getLong("at"), ChronoUnit.MICROS),
                row.getString("kind"),
                id,
                row.getString("actor"),
                row.getString("address"),
                row.getString("client"),
                row.getString("mount"),
                details(row.getString("details")));
    }
}
