package dev.countersign.javalin.server.transfer;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Longs;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.UserId;
import dev.countersign.user.UserStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a user of a row, or says everything that is wrong with it. */
final class RowReader {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    private final MigratingPasswordHasher hasher;
    private final Supplier<UUID> uuids;

    RowReader(MigratingPasswordHasher hasher, Supplier<UUID> uuids) {
        this.hasher = hasher;
        this.uuids = uuids;
    }

    PendingRow read(SourceRow row) {
        RowFields fields = new RowFields(row);
        Identifier email = identifier(fields, TransferField.EMAIL, "it is not an e-mail address", Identifier::email);
        Identifier username = username(fields);
        checkNames(fields, email, username);
        PasswordHash hash = hash(fields);
        RawPassword password = password(fields, hash != null);
        UserId id = fields.read(TransferField.ID, "it is not a positive number", RowReader::id);
        UUID uuid = uuid(fields);
        UserStatus status = fields.read(TransferField.STATUS, "it is neither active nor disabled", RowReader::status);
        JsonObject attributes = attributes(fields);
        Instant createdAt = time(fields, TransferField.CREATED_AT);
        Instant updatedAt = time(fields, TransferField.UPDATED_AT);
        Instant lastLoginAt = time(fields, TransferField.LAST_LOGIN_AT);
        Instant previousLoginAt = time(fields, TransferField.PREVIOUS_LOGIN_AT);
        Instant passwordChangedAt = time(fields, TransferField.PASSWORD_CHANGED_AT);
        if (!fields.problems().isEmpty() || (email == null && username == null)) {
            return new PendingRow(row, fields.problems());
        }
        return new PendingRow(
                row,
                new ImportedUser(
                        id,
                        uuid,
                        email,
                        username,
                        status,
                        attributes,
                        hash,
                        createdAt,
                        updatedAt,
                        lastLoginAt,
                        previousLoginAt,
                        passwordChangedAt),
                password);
    }

    private static @Nullable Identifier username(RowFields fields) {
        Boolean isNumber = fields.read(TransferField.USERNAME_NUMBER, TransferTruth.REASON, TransferTruth::read);
        Json value = fields.value(TransferField.USERNAME);
        if (value instanceof JsonNumber number && number.asLong().isPresent()) {
            return Identifier.username(number.asLong().getAsLong());
        }
        return Boolean.TRUE.equals(isNumber)
                ? fields.read(TransferField.USERNAME, "it is no whole number", RowReader::number)
                : identifier(
                        fields,
                        TransferField.USERNAME,
                        "it is longer than 320 characters or has white space at its ends",
                        Identifier::username);
    }

    /** Names the character for which an identifier is refused. */
    private static @Nullable Identifier identifier(
            RowFields fields, TransferField field, String reason, Function<String, Optional<Identifier>> reader) {
        String text = fields.text(field);
        if (text == null) {
            return null;
        }
        Optional<Identifier> identifier = reader.apply(text);
        if (identifier.isEmpty()) {
            fields.problem(
                    field,
                    Identifier.forbidden(text)
                            .map(character -> "it has " + character)
                            .orElse(reason));
        }
        return identifier.orElse(null);
    }

    private static Optional<Identifier> number(String text) {
        return whole(text).map(Identifier::username);
    }

    private static void checkNames(RowFields fields, @Nullable Identifier email, @Nullable Identifier username) {
        if (username != null && username.looksLikeEmail() && !username.equals(email)) {
            fields.problem(TransferField.USERNAME, "with an @ it must be the user's own e-mail address");
        }
        if (email == null && username == null && fields.problems().isEmpty()) {
            fields.problem(TransferField.EMAIL, "a user has an e-mail address, a username or both");
        }
    }

    private @Nullable PasswordHash hash(RowFields fields) {
        String text = fields.text(TransferField.PASSWORD_HASH);
        // Django and Unix systems mark a password that nobody can log in with by a bang.
        if (text == null || text.startsWith("!")) {
            return null;
        }
        PasswordHash hash = PasswordHash.of(text);
        hasher.refusal(hash).ifPresent(why -> fields.problem(TransferField.PASSWORD_HASH, why));
        return hash;
    }

    private @Nullable RawPassword password(RowFields fields, boolean hasHash) {
        Json value = fields.value(TransferField.PASSWORD);
        if (value == null) {
            return null;
        }
        RawPassword password = RawPassword.of(value.asString().orElse(""));
        if (hasHash) {
            fields.problem(TransferField.PASSWORD, "there is a hash, too: a row has one of them");
        } else if (password.isEmpty()) {
            fields.problem(TransferField.PASSWORD, "it is not a text");
        } else if (!password.isWellFormed()) {
            fields.problem(TransferField.PASSWORD, "it has a NUL character or is not Unicode text");
        } else if (password.revealUtf8().length > hasher.longestBytes()) {
            fields.problem(
                    TransferField.PASSWORD, "it is longer than 72 bytes in UTF-8, of which bcrypt reads no more");
        }
        return password;
    }

    private UUID uuid(RowFields fields) {
        UUID given = fields.read(
                TransferField.UUID,
                "it is not a UUID",
                text -> UUID_FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty());
        String external = fields.text(TransferField.EXTERNAL_ID);
        if (given != null) {
            return given;
        }
        return external == null ? uuids.get() : ofExternalId(external);
    }

    /** A UUID of version 8 (RFC 9562 §5.8) that is always the same for an external id. */
    private static UUID ofExternalId(String external) {
        byte[] digest = Hashing.sha256()
                .hashString("countersign external id " + external, StandardCharsets.UTF_8)
                .asBytes();
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        long high = (bytes.getLong() & ~0xF000L) | 0x8000L;
        long low = (bytes.getLong() & 0x3FFFFFFFFFFFFFFFL) | Long.MIN_VALUE;
        return new UUID(high, low);
    }

    private static Optional<UserId> id(String text) {
        return whole(text).filter(number -> number > 0).map(UserId::new);
    }

    private static Optional<Long> whole(String text) {
        return NUMBER.matcher(text).matches() ? Optional.ofNullable(Longs.tryParse(text)) : Optional.empty();
    }

    private static Optional<UserStatus> status(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "active" -> Optional.of(UserStatus.ACTIVE);
            case "disabled" -> Optional.of(UserStatus.DISABLED);
            default -> TransferTruth.read(text).map(truth -> truth ? UserStatus.ACTIVE : UserStatus.DISABLED);
        };
    }

    private static @Nullable JsonObject attributes(RowFields fields) {
        Json value = fields.value(TransferField.ATTRIBUTES);
        if (value == null || value instanceof JsonObject) {
            return (JsonObject) value;
        }
        fields.problem(TransferField.ATTRIBUTES, "it is not a JSON object");
        return null;
    }

    private static @Nullable Instant time(RowFields fields, TransferField field) {
        return fields.read(
                field,
                "it is neither an ISO 8601 time that there is, from year 1 on, nor seconds since 1970",
                TransferTime::read);
    }
}
