package dev.countersign.usecase;

import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.password.PasswordFlaw;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.password.RawPassword;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.UserField;
import dev.countersign.user.UserField.Problem;
import dev.countersign.user.UserFlaw;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects all problems with the given fields of a user. */
final class FieldCheck {

    private final UserStore users;
    private final List<Problem> problems = new ArrayList<>();

    FieldCheck(UserStore users) {
        this.users = users;
    }

    void add(UserField field, UserFlaw flaw) {
        problems.add(new Problem(field, flaw));
    }

    @Nullable
    Identifier email(String text) {
        return orMalformed(
                UserField.EMAIL, Identifier.email(text).filter(email -> users.accepts(new UserKey.ByEmail(email))));
    }

    @Nullable
    Identifier username(Json value) {
        if (value instanceof JsonNumber number && number.asLong().isPresent()) {
            return Identifier.username(number.asLong().getAsLong());
        }
        return orMalformed(
                UserField.USERNAME,
                value.asString()
                        .flatMap(Identifier::username)
                        .filter(name -> users.accepts(new UserKey.ByUsername(name))));
    }

    private @Nullable Identifier orMalformed(UserField field, Optional<Identifier> identifier) {
        if (identifier.isEmpty()) {
            add(field, UserFlaw.MALFORMED);
        }
        return identifier.orElse(null);
    }

    /** A username that looks like an e-mail address could be mistaken for one in a field that accepts both. */
    void names(@Nullable Identifier email, @Nullable Identifier username) {
        if (username != null && username.looksLikeEmail() && !username.equals(email)) {
            add(UserField.USERNAME, UserFlaw.MALFORMED);
        }
        if (username == null && email == null && problems.isEmpty()) {
            add(UserField.EMAIL, UserFlaw.ABSENT);
        }
    }

    void password(
            RawPassword password,
            PasswordPolicy policy,
            int longestBytes,
            @Nullable Identifier email,
            @Nullable Identifier username) {
        policy.flaw(
                        password,
                        longestBytes,
                        text -> (email != null && email.gives(text)) || (username != null && username.gives(text)))
                .ifPresent(flaw -> add(UserField.PASSWORD, flaw(flaw)));
    }

    private static UserFlaw flaw(PasswordFlaw flaw) {
        return switch (flaw) {
            case TOO_SHORT -> UserFlaw.TOO_SHORT;
            case TOO_LONG -> UserFlaw.TOO_LONG;
            case TOO_MANY_BYTES -> UserFlaw.TOO_MANY_BYTES;
            case MALFORMED -> UserFlaw.MALFORMED;
            case TOO_COMMON -> UserFlaw.TOO_COMMON;
            case LIKE_IDENTIFIER -> UserFlaw.LIKE_IDENTIFIER;
        };
    }

    /** Adds a problem for each identifier that another user has. */
    void taken(@Nullable Identifier email, @Nullable Identifier username, @Nullable UserId self) {
        if (email != null && isOfAnother(new UserKey.ByEmail(email), self)) {
            add(UserField.EMAIL, UserFlaw.TAKEN);
        }
        if (username != null && isOfAnother(new UserKey.ByUsername(username), self)) {
            add(UserField.USERNAME, UserFlaw.TAKEN);
        }
    }

    private boolean isOfAnother(UserKey key, @Nullable UserId self) {
        return users.find(key).filter(found -> !found.user().id().equals(self)).isPresent();
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
