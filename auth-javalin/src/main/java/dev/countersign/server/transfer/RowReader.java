package dev.countersign.server.transfer;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordFlaw;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.server.StoredHashes;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.UserId;
import dev.countersign.user.UserProperties;
import dev.countersign.user.UserProperty;
import dev.countersign.user.UserStatus;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a row into a user, or lists everything that is wrong with it. */
final class RowReader {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    private final StoredHashes hashes;
    private final Supplier<UUID> uuids;
    private final Rules rules;
    private final UserProperties properties;
    private final ImmutableList<String> keys;

    RowReader(StoredHashes hashes, Supplier<UUID> uuids, Rules rules, TransferFields known) {
        this.hashes = hashes;
        this.uuids = uuids;
        this.rules = rules;
        this.properties = known.properties();
        this.keys = known.keys();
    }

    /**
     * The settings for all rows of a file.
     *
     * @param cutBcrypt whether bcrypt hashes come from a system that ignores a password's bytes after the 72nd
     * @param system the name of the system that the file comes from, for rows that name none
     * @param identifiersKept whether no user of that system ever took over another user's e-mail address or username
     * @param firstNumber the lowest number of users who register here
     * @param passwords the rules for passwords in clear
     */
    record Rules(
            boolean cutBcrypt, String system, boolean identifiersKept, UserId firstNumber, ClearPasswords passwords) {}

    PendingRow read(SourceRow row) {
        RowFields fields = new RowFields(row, keys);
        Identifier email = identifier(fields, TransferField.EMAIL, "it is not an e-mail address", Identifier::email);
        Identifier username = username(fields);
        checkNames(fields, email, username);
        PasswordHash hash = hash(fields);
        RawPassword password = password(fields, hash != null);
        Optional<PasswordFlaw> flaw = password == null
                ? Optional.empty()
                : rules.passwords().flaw(password, hashes.hasher().longestBytes(), email, username);
        boolean isWeakPassword = flaw.filter(rules.passwords()::accepts).isPresent();
        flaw.filter(found -> !isWeakPassword)
                .ifPresent(found ->
                        fields.problem(TransferField.PASSWORD, rules.passwords().reason(found)));
        ImportedUser.Builder user = ImportedUser.builder(uuids.get())
                .id(id(fields))
                .email(email)
                .username(username)
                .status(fields.read(TransferField.STATUS, "it is neither active nor disabled", RowReader::status))
                .attributes(attributes(fields))
                .hash(hash);
        properties.all().forEach(property -> set(user, property, fields));
        known(fields, user);
        origin(fields, user);
        return fields.problems().isEmpty() && (email != null || username != null)
                ? new PendingRow(row, user.build(), password, isWeakPassword, hash != null && hashes.isWeak(hash))
                : new PendingRow(row, fields.problems());
    }

    private @Nullable UserId id(RowFields fields) {
        UserId id = fields.read(
                TransferField.ID, "it is not a number from 1 to " + ImportedUser.LARGEST_NUMBER, RowReader::number64);
        if (id != null
                && id.value() >= rules.firstNumber().value()
                && rules.firstNumber().value() > 1
                && fields.value(TransferField.KEPT) == null) {
            fields.problem(
                    TransferField.ID,
                    "numbers from " + rules.firstNumber() + " on are for users who register here (first_number)");
        }
        return id;
    }

    private static Optional<UserId> number64(String text) {
        return whole(text)
                .filter(number -> number > 0 && number <= ImportedUser.LARGEST_NUMBER)
                .map(UserId::new);
    }

    private static void known(RowFields fields, ImportedUser.Builder user) {
        UUID uuid = fields.read(
                TransferField.UUID,
                "it is not a UUID",
                text -> UUID_FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty());
        String external = fields.text(TransferField.EXTERNAL_ID);
        if (uuid != null) {
            user.uuid(uuid);
        } else if (external != null) {
            user.externalId(external);
        }
    }

    private void origin(RowFields fields, ImportedUser.Builder user) {
        Instant always = rules.identifiersKept() ? Instant.EPOCH : null;
        Instant emailSince = time(fields, TransferField.EMAIL_SINCE);
        Instant usernameSince = time(fields, TransferField.USERNAME_SINCE);
        String system = fields.text(TransferField.SYSTEM);
        user.storedAt(time(fields, TransferField.STORED_AT))
                .emailSince(emailSince == null ? always : emailSince)
                .usernameSince(usernameSince == null ? always : usernameSince)
                .kept(fields.read(
                        TransferField.KEPT,
                        "it is neither none nor words of number, uuid, email and username",
                        KeptWords::read))
                .system(system == null ? rules.system() : system);
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

    /** The identifier; if it is rejected for a character, the problem names the character. */
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
        // Django and Unix systems mark a user without a usable password with an exclamation mark.
        if (text == null || text.startsWith("!")) {
            return null;
        }
        if (text.indexOf('\0') >= 0) {
            fields.problem(TransferField.PASSWORD_HASH, "it has a NUL character");
            return null;
        }
        PasswordHash hash = PasswordHash.of(text);
        Optional<String> refusal = hashes.refusal(hash);
        refusal.ifPresent(why -> fields.problem(TransferField.PASSWORD_HASH, why));
        // Wrapping a weak hash costs a hash, so it is done later and only for rows that are stored.
        return refusal.isPresent() || hashes.isWeak(hash) ? hash : hashes.taken(hash, rules.cutBcrypt());
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
            return null;
        }
        return password;
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

    private static <T> void set(ImportedUser.Builder user, UserProperty<T> property, RowFields fields) {
        TransferField field = TransferFields.field(property);
        Object value = switch (property.kind()) {
            case TIME -> time(fields, field);
            case TEXT ->
                fields.read(
                        field,
                        "it has a NUL character or is not Unicode text",
                        text -> Optional.of(text).filter(UserProperty::isStorable));
        };
        if (value != null) {
            user.set(property, property.checked(value));
        }
    }

    private static @Nullable Instant time(RowFields fields, TransferField field) {
        return fields.read(
                field,
                "it is neither an ISO 8601 time that there is, from year 1 on, nor seconds since 1970",
                TransferTime::read);
    }
}
