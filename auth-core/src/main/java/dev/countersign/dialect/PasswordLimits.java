package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import dev.countersign.password.PasswordPolicy;
import java.util.function.Predicate;

/**
 * A dialect's rules for new passwords.
 *
 * @param minimum the minimum length, in characters
 * @param maximum the maximum length, in characters
 * @param refuseCommon whether common passwords are refused
 */
public record PasswordLimits(int minimum, int maximum, boolean refuseCommon) {

    /**
     * Combines these limits with a list of common passwords.
     *
     * @param common whether a password is on the list
     * @return the policy
     */
    public PasswordPolicy policy(Predicate<String> common) {
        requireNonNull(common, "common");

        return new PasswordPolicy(minimum, maximum, refuseCommon ? common : text -> false);
    }
}
