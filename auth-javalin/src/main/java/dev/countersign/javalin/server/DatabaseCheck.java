package dev.countersign.javalin.server;

import java.util.function.Consumer;

/** One thing that can be wrong with a database; reading finds it, and nothing is changed. */
public interface DatabaseCheck {

    /** {@return what is checked, in a word or two} */
    String title();

    /**
     * Checks.
     *
     * @param problem receives each problem as a line, with what to do
     */
    void run(Consumer<String> problem);
}
