package dev.countersign.api;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.RequestShape;
import dev.countersign.user.UserField;
import java.util.List;
import java.util.Optional;

/** The problems that the core found with a user, as flaws of a request's fields. */
final class FieldProblems {

    private FieldProblems() {}

    /** The refusal, with the flaws in the order of the request's fields. */
    static RefusedRequest refusal(List<UserField.Problem> problems, RequestShape shape) {
        ImmutableList.Builder<RefusedRequest.Flawed> flawed = ImmutableList.builder();
        for (Field field : shape.fields()) {
            problems.stream()
                    .filter(problem -> isAbout(problem, field))
                    .forEach(problem -> flawed.add(new RefusedRequest.Flawed(field, FieldFlaw.of(problem.flaw()))));
        }
        ImmutableList<RefusedRequest.Flawed> all = flawed.build();
        return all.isEmpty() ? new RefusedRequest(Reason.INVALID_FIELDS) : Inputs.refusal(all, shape);
    }

    private static boolean isAbout(UserField.Problem problem, Field field) {
        return field.target() instanceof FieldTarget.Named named
                ? named.userField().equals(Optional.of(problem.field()))
                : problem.field() == UserField.ATTRIBUTES;
    }
}
