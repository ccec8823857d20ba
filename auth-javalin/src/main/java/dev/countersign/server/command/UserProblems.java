package dev.countersign.server.command;

import dev.countersign.server.Users;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.user.Identifier;
import dev.countersign.user.UserField;
import dev.countersign.user.UserField.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints why a user was refused. */
final class UserProblems {

    private UserProblems() {}

    /** That there is no user of a name on the command line, and how to write the other kinds. */
    static String noUser(String name) {
        String message = "there is no user " + name;
        if (name.matches("id:.*|uuid:.*")) {
            return message + "; a number is written id:7, a UUID uuid:0b9c5c5e-8f2e-4a55-9a5e-2d6a3f1f0007";
        }
        if (name.matches("[0-9]+")) {
            return message + " by e-mail address or username; for the user with this number write id:" + name;
        }
        return message + "; user find TEXT looks for parts of names";
    }

    /** A line for each problem, and one that nothing was changed. */
    static String text(List<Problem> problems, int minimum) {
        StringBuilder lines = new StringBuilder();
        for (Problem problem : problems) {
            lines.append(problem.field().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(": ")
                    .append(reason(problem, minimum))
                    .append(System.lineSeparator());
        }
        return lines + "nothing was changed";
    }

    /** Why a change was refused. */
    static String reason(UpdateUser.Outcome.NotUpdated outcome, ServerConfig config) {
        return outcome.fold(
                rejected -> text(rejected.problems(), config.passwords().minimum()),
                noSuchUser -> "the user was deleted meanwhile",
                tokenRefused -> "the token does not hold any more",
                contended -> "another process is changing the user; nothing was changed, try again",
                throttled -> "too many attempts; nothing was changed, try again later");
    }

    /** The refusal of an identifier with a character that cannot be seen; empty if it has none. */
    static Optional<String> forbidden(String field, String identifier) {
        return Identifier.forbidden(identifier).map(found -> field + ": has " + found + "; nothing was changed");
    }

    private static String reason(Problem problem, int minimum) {
        return switch (problem.flaw()) {
            case ABSENT -> "is missing";
            case MALFORMED ->
                switch (problem.field()) {
                    case EMAIL -> "is not an e-mail address";
                    case USERNAME ->
                        "is empty, longer than 320 characters, has white space at its ends or characters that cannot be seen,"
                                + " or an @ without being the user's own e-mail address";
                    default -> "has a NUL character or is not Unicode text";
                };
            case TAKEN -> "another user has it";
            case TOO_SHORT -> "needs at least " + minimum + " characters";
            case TOO_LONG ->
                problem.field() == UserField.ATTRIBUTES
                        ? "make a token of a mounted dialect too long"
                        : "has more than " + Users.LONGEST_PASSWORD + " characters";
            case TOO_MANY_BYTES -> "is longer than 72 bytes in UTF-8, the limit of bcrypt";
            case TOO_COMMON -> "is one that many people use; choose another";
            case LIKE_IDENTIFIER -> "is the user's own e-mail address, the part before its @, or username";
            case WRONG -> "is wrong";
        };
    }
}
