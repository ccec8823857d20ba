package dev.countersign.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** What each command says on a machine that is not well. Each needs a user ada. */
final class Commands {

    private static final List<String> READING =
            List.of("user list", "user export", "db status", "db check", "db migrate", "user delete --demo");
    private static final List<String> WRITING = List.of(
            "user add --username eve",
            "user disable ada",
            "user enable ada",
            "user set-password ada",
            "user delete ada",
            "user import FILE");

    private Commands() {}

    /** Those that only read do so. */
    static void checkReading(SickMachine machine, String data) throws Exception {
        for (String command : READING) {
            JarRun run = machine.run("", command + data);
            assertThat(run.code()).as("%s: %s", command, run).isZero();
            // Who exports is a security event, which is reported where it cannot be stored.
            assertThat(run.err().lines())
                    .as(command)
                    .allMatch(line -> line.contains("a security event could not be written"));
        }
    }

    /** Those that write say why they cannot. */
    static void checkWriting(SickMachine machine, String data, String why) throws Exception {
        each(WRITING, machine, data, run -> {
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.complaints()).last().asString().contains(why);
        });
    }

    /** None does anything, and each says why in a line. */
    static void checkRefused(SickMachine machine, String data, String why) throws Exception {
        ThrowingConsumer<JarRun> refused = run -> {
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains(why).hasLineCount(1);
        };
        each(READING, machine, data, refused);
        each(WRITING, machine, data, refused);
        each(List.of("serve --port 0"), machine, data, refused);
    }

    private static void each(List<String> commands, SickMachine machine, String data, ThrowingConsumer<JarRun> check)
            throws Exception {
        Path file = Files.writeString(Files.createTempFile("users", ".csv"), "username\neve\n");
        for (String command : commands) {
            JarRun run = machine.run(Ada.PASSWORD + "\n", command.replace("FILE", file.toString()) + data);
            try {
                check.accept(run);
                assertThat(run.err()).doesNotContain("\tat ", "Exception", "dev.countersign", "org.sqlite");
            } catch (Throwable wrong) {
                throw new AssertionError(command + ": " + run, wrong);
            }
        }
        Files.delete(file);
    }
}
