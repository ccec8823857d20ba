package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import dev.countersign.password.PasswordPolicy;
import java.util.function.Predicate;

/**
 * A dialect's rules for new passwords.
 *
 * @param minimum the fewest characters
 * @param maximum the most characters
 * @param refuseCommon whether those on the list of common ones are refused
 */
public record PasswordLimits(int minimum, int maximum, boolean refuseCommon) {

    /**
     * The rules with a list.
     *
     * @param common tells whether a password is on the list of common ones
     * @return the policy
     */
    public PasswordPolicy policy(Predicate<String> common) {
        requireNonNull(common, "common");

        return new PasswordPolicy(minimum, maximum, refuseCommon ? common : text -> false);
    }
}
