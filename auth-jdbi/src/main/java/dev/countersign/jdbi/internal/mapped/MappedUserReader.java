package dev.countersign.jdbi.internal.mapped;

import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import dev.countersign.AuthFault;
import dev.countersign.internal.row.AttributeText;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn;
import dev.countersign.jdbi.table.MappedColumn.AttributeColumn;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.Event;
import dev.countersign.jdbi.table.MappedColumn.OtherAttributesColumn;
import dev.countersign.jdbi.table.MappedColumn.PropertyColumn;
import dev.countersign.jdbi.table.MappedColumn.StatusColumn;
import dev.countersign.jdbi.table.MappedColumn.TimeColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameNumberColumn;
import dev.countersign.jdbi.table.MappedColumn.UuidColumn;
import dev.countersign.jdbi.table.MappedColumn.VersionColumn;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.user.Identifier;
import dev.countersign.user.Kept;
import dev.countersign.user.Origin;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserProperty;
import dev.countersign.user.UserStatus;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads users from the rows of a mapped table. */
final class MappedUserReader implements RowMapper<MappedUserReader.Read> {

    /**
     * A row as read.
     *
     * @param stored the user
     * @param tokenIssuedAt when the latest token was issued; null if the table does not say
     */
    record Read(StoredUser stored, @Nullable Instant tokenIssuedAt) {}

    private final Columns columns;
    private final Vendor vendor;
    private final Set<Kept> kept;

    MappedUserReader(Columns columns, Vendor vendor) {
        this.columns = columns;
        this.vendor = vendor;
        // The old system uses this very table, so all properties are the same there.
        EnumSet<Kept> all = EnumSet.allOf(Kept.class);
        if (!columns.has(UuidColumn.class)) {
            all.remove(Kept.UUID);
        }
        this.kept = all;
    }

    @Override
    public Read map(ResultSet row, StatementContext context) throws SQLException {
        long id = row.getLong("id");
        String hash = row.getString("hash");
        Map<MappedColumn, String> texts = new HashMap<>();
        for (int i = 0; i < columns.mapping().columns().size(); i++) {
            String text = row.getString("c" + i);
            if (text != null) {
                texts.put(columns.mapping().columns().get(i), text);
            }
        }
        try {
            Map<Event, Instant> times = times(texts);
            return new Read(
                    new StoredUser(user(id, texts, times), hash == null ? null : PasswordHash.of(hash)),
                    times.getOrDefault(Event.TOKEN_ISSUED, times.get(Event.LAST_LOGIN)));
        } catch (UnreadableException flawed) {
            throw new AuthFault(
                    "the user " + id + " of the table " + columns.mapping().table() + " cannot be read: "
                            + flawed.getMessage(),
                    flawed);
        }
    }

    /** Names the wrong column, and quotes no value. */
    private static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableException(String flaw) {
            super(flaw);
        }
    }

    // The original exception may quote the row, so it is not passed on.
    private static <T> T part(String flaw, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException | AuthFault notOurs) {
            throw new UnreadableException(flaw);
        }
    }

    private <C extends MappedColumn, T> Optional<T> value(
            Class<C> type, Map<MappedColumn, String> texts, String flaw, Function<String, T> reading) {
        return columns.one(type)
                .flatMap(column -> Optional.ofNullable(texts.get(column))
                        .map(text -> part("its " + column.column() + " " + flaw, () -> reading.apply(text))));
    }

    private User user(long id, Map<MappedColumn, String> texts, Map<Event, Instant> times) {
        UserId number = part("its number is not positive", () -> new UserId(id));
        UUID uuid =
                value(UuidColumn.class, texts, "is no UUID", UUID::fromString).orElseGet(() -> derivedUuid(id));
        Identifier email = value(EmailColumn.class, texts, "cannot be an address", Identifier::typed)
                .orElse(null);
        Identifier username = value(UsernameColumn.class, texts, "cannot be a username", name -> username(name, texts))
                .orElse(null);
        JsonObject attributes = attributes(texts);
        Instant created = times.getOrDefault(Event.CREATED, Instant.EPOCH);
        Instant updated = times.getOrDefault(Event.UPDATED, times.get(Event.UPDATED_OR_CREATED));
        Instant named = updated == null ? created : updated;
        long version = value(VersionColumn.class, texts, "is no number", Long::parseLong)
                .orElseGet(() -> digest(texts));
        User.Builder user = User.builder(number, uuid, created)
                .email(email)
                .username(username)
                .status(status(texts))
                .attributes(attributes)
                .origin(new Origin(
                        created,
                        times.getOrDefault(Event.EMAIL_SINCE, named),
                        times.getOrDefault(Event.USERNAME_SINCE, named),
                        Origin.ANY_SYSTEM,
                        kept))
                .version(version);
        times.forEach((event, time) -> event.property().ifPresent(property -> user.set(property, time)));
        columns.all(PropertyColumn.class).forEach(column -> {
            String text = texts.get(column);
            if (text != null) {
                set(user, column, column.property(), text);
            }
        });
        return part("it has neither e-mail address nor username", user::build);
    }

    private <T> void set(User.Builder user, PropertyColumn column, UserProperty<T> property, String text) {
        user.set(
                property,
                part(
                        "its " + column.column() + " is no " + property.kind(),
                        () -> property.checked(
                                switch (property.kind()) {
                                    case TIME -> Times.read(text, column.unit(), vendor);
                                    case TEXT -> text;
                                })));
    }

    /** A UUID derived from the user's number and containing it: version 8 (RFC 9562), its first half a digest of the table's name. */
    UUID derivedUuid(long id) {
        return new UUID(tableHalf(), Long.MIN_VALUE | id);
    }

    long numberOf(UUID uuid) {
        return uuid.getMostSignificantBits() == tableHalf() ? uuid.getLeastSignificantBits() & Long.MAX_VALUE : 0;
    }

    private long tableHalf() {
        long named = Hashing.sha256()
                .hashString(columns.mapping().table(), StandardCharsets.UTF_8)
                .asLong();
        return (named & ~0xf000L) | 0x8000L;
    }

    private <C extends MappedColumn> Optional<String> text(Class<C> type, Map<MappedColumn, String> texts) {
        return columns.one(type).map(texts::get);
    }

    private Identifier username(String name, Map<MappedColumn, String> texts) {
        boolean number =
                text(UsernameNumberColumn.class, texts).map(Attributes::isTrue).orElse(false);
        return number ? Identifier.username(Long.parseLong(name)) : Identifier.typed(name);
    }

    // PostgreSQL prints true as t.
    private UserStatus status(Map<MappedColumn, String> texts) {
        Optional<StatusColumn> column = columns.one(StatusColumn.class);
        if (column.isEmpty()) {
            return UserStatus.ACTIVE;
        }
        String active = column.get().active();
        String text = texts.get(column.get());
        boolean same = text != null
                && (text.equals(active)
                        || (text.equals("t") && active.equals("true"))
                        || (text.equals("f") && active.equals("false")));
        return same ? UserStatus.ACTIVE : UserStatus.DISABLED;
    }

    private JsonObject attributes(Map<MappedColumn, String> texts) {
        ImmutableMap.Builder<String, Json> attributes = ImmutableMap.builder();
        columns.all(AttributeColumn.class).forEach(column -> {
            String text = texts.get(column);
            if (text != null) {
                attributes.put(
                        column.name(),
                        part(
                                "its " + column.column() + " is no " + column.kind(),
                                () -> Attributes.read(column, text)));
            }
        });
        ImmutableMap<String, Json> named = attributes.buildOrThrow();
        ImmutableMap.Builder<String, Json> all =
                ImmutableMap.<String, Json>builder().putAll(named);
        value(OtherAttributesColumn.class, texts, "is no JSON object", AttributeText::read)
                .ifPresent(others -> others.members().forEach((name, value) -> {
                    if (!named.containsKey(name)) {
                        all.put(name, value);
                    }
                }));
        return new JsonObject(all.buildOrThrow());
    }

    private Map<Event, Instant> times(Map<MappedColumn, String> texts) {
        Map<Event, Instant> times = new HashMap<>();
        columns.all(TimeColumn.class).forEach(column -> {
            String text = texts.get(column);
            if (text != null) {
                times.put(
                        column.event(),
                        part("its " + column.column() + " is no time", () -> Times.read(text, column.unit(), vendor)));
            }
        });
        return times;
    }

    // Login times are left out: a login is not a change of the user.
    private long digest(Map<MappedColumn, String> texts) {
        List<@Nullable String> row = columns.mapping().columns().stream()
                .filter(column -> !(column instanceof TimeColumn time && Columns.isOfLogin(time.event())))
                .<@Nullable String>map(texts::get)
                .toList();
        var hasher = Hashing.sha256().newHasher();
        for (String text : row) {
            hasher.putInt(text == null ? -1 : text.length()).putUnencodedChars(text == null ? "" : text);
        }
        return hasher.hash().asLong() & Long.MAX_VALUE;
    }
}
