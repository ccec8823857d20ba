package dev.countersign.server.transfer;

import static java.util.Objects.requireNonNull;

import dev.countersign.password.PasswordFlaw;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.password.RawPassword;
import dev.countersign.user.Identifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules for passwords that are imported in clear.
 *
 * @param policy the rules for new passwords
 * @param acceptWeak whether to import passwords that are too short, common, or the user's own identifier; never those that cannot be hashed
 */
public record ClearPasswords(PasswordPolicy policy, boolean acceptWeak) {

    /** Rejects null. */
    public ClearPasswords {
        requireNonNull(policy, "policy");
    }

    /** The rule that a password breaks; empty for none. */
    Optional<PasswordFlaw> flaw(
            RawPassword password, int longestBytes, @Nullable Identifier email, @Nullable Identifier username) {
        return policy.flaw(
                password,
                longestBytes,
                text -> (email != null && email.gives(text)) || (username != null && username.gives(text)));
    }

    /** Whether a password with this flaw is imported all the same. */
    boolean accepts(PasswordFlaw flaw) {
        return acceptWeak
                && switch (flaw) {
                    case TOO_SHORT, TOO_COMMON, LIKE_IDENTIFIER -> true;
                    case TOO_LONG, TOO_MANY_BYTES, MALFORMED -> false;
                };
    }

    /** The reason of a rejected row. */
    String reason(PasswordFlaw flaw) {
        return switch (flaw) {
            case MALFORMED -> "it has a NUL character or is not Unicode text";
            case TOO_LONG, TOO_MANY_BYTES -> "it is longer than 72 bytes in UTF-8, the limit of bcrypt";
            case TOO_SHORT -> "it has fewer than " + policy.minimum() + " characters";
            case TOO_COMMON -> "it is one that many people use";
            case LIKE_IDENTIFIER -> "it is the user's own e-mail address, the part before its @, or username";
        };
    }
}
