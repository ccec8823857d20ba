package dev.countersign.javalin.server;

import dev.countersign.jdbi.IdentifierProblem;
import java.util.function.Consumer;

/** Whether several users have identifiers that are equal under the rules of this release, or one has the form of a former release. */
final class IdentifierCheck implements DatabaseCheck {

    private final Storage storage;

    IdentifierCheck(Storage storage) {
        this.storage = storage;
    }

    @Override
    public String title() {
        return "identifiers";
    }

    @Override
    public void run(Consumer<String> problem) {
        storage.checkIdentifiers(found -> problem.accept(line(found)));
    }

    private static String line(IdentifierProblem problem) {
        String who = "user " + problem.user() + ": " + problem.identifier();
        return problem.other()
                .map(other ->
                        who + " is the same as " + problem.otherIdentifier().orElseThrow() + " of user " + other
                                + "; both log in by typing just that. Give one of them another: see Identifiers in"
                                + " docs/storage.md")
                .orElse(who
                        + " was stored by a former release while this one ran; run auth-server db migrate --refold");
    }
}
