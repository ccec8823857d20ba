package dev.countersign.dialect;

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
        return new PasswordPolicy(minimum, maximum, refuseCommon ? common : text -> false);
    }
}
