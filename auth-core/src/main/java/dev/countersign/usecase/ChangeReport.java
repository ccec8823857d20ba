package dev.countersign.usecase;

import dev.countersign.event.Actor;
import dev.countersign.event.EventDetail;
import dev.countersign.event.EventKind;
import dev.countersign.event.UserDetail.IdentifiersChanged;
import dev.countersign.event.UserDetail.Refused;
import dev.countersign.event.UserDetail.UserChanged;
import dev.countersign.session.Client;
import dev.countersign.user.User;
import dev.countersign.user.UserField.Problem;
import dev.countersign.user.UserId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The events about changes of users by one actor.
 *
 * @param reporter reports them
 * @param by who changes the users
 * @param client the client of the request
 */
record ChangeReport(Reporter reporter, Actor by, Client client) {

    void registered(User user) {
        report(user.id(), new UserChanged(EventKind.REGISTERED));
    }

    void registrationRefused(List<Problem> problems) {
        reporter.report(Optional.empty(), by, client, new Refused(EventKind.REGISTRATION_REFUSED, texts(problems)));
    }

    void changed(User before, User after, boolean password) {
        if (password) {
            report(after.id(), new UserChanged(EventKind.PASSWORD_CHANGED));
        }
        boolean email = !Objects.equals(before.email(), after.email());
        boolean username = !Objects.equals(before.username(), after.username());
        if (email || username) {
            report(after.id(), new IdentifiersChanged(email, username));
        }
        if (!before.attributes().equals(after.attributes())) {
            report(after.id(), new UserChanged(EventKind.ATTRIBUTES_CHANGED));
        }
        if (before.status() != after.status()) {
            report(
                    after.id(),
                    new UserChanged(after.status().mayLogIn() ? EventKind.USER_ENABLED : EventKind.USER_DISABLED));
        }
    }

    void refused(UserId user, UpdateUser.Outcome.NotUpdated outcome) {
        if (outcome instanceof UpdateUser.Outcome.Rejected rejected) {
            report(user, new Refused(EventKind.CHANGE_REFUSED, texts(rejected.problems())));
        } else if (outcome instanceof UpdateUser.Outcome.TokenRefused refused) {
            report(user, new Refused(EventKind.CHANGE_REFUSED, List.of("token:" + label(refused.flaw()))));
        } else if (outcome instanceof UpdateUser.Outcome.Throttled wait) {
            report(user, new Refused(EventKind.CHANGE_REFUSED, List.of("wait:" + label(wait.reason()))));
        }
    }

    void report(UserId user, EventDetail detail) {
        reporter.report(Optional.of(user), by, client, detail);
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream()
                .map(problem -> label(problem.field()) + ":" + label(problem.flaw()))
                .toList();
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
