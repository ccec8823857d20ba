package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.command.AuthCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes under LC_ALL=C, where the JVM loses every letter beyond ASCII. A shell gives the arguments byte by byte, whatever the tests' own locale is. */
@Tag("slow")
class LocaleTest {

    private static final String ZOE = "zo\\303\\253@example.com";

    @TempDir
    private Path data;

    private record Ended(int code, String out, String err) {}

    /** Runs a command line in which {@code $1} stands for printf's text. */
    private Ended run(String environment, String input, String arguments, String printed) throws Exception {
        Path out = Files.createTempFile(data, "out", "");
        Path err = Files.createTempFile(data, "err", "");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String script = "T=$(printf '" + printed + "'); export LC_ALL=C " + environment + "; exec '" + java
                + "' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -Xshare:auto -cp \"$CP\" "
                + AuthCommand.class.getName() + " " + arguments;
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script)
                .directory(data.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AUTH_"));
        builder.environment().put("CP", System.getProperty("java.class.path"));
        builder.environment().put("D", data.resolve("data").toString());
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    @Test
    void arguments_are_utf_8_whatever_the_locale() throws Exception {
        Ended added = run(
                "AUTH_BCRYPT_COST=10",
                "a password nobody else has\n",
                "user add --email \"$T\" --set name=\"$T\" --data \"$D\"",
                ZOE);
        assertThat(added.err()).isEmpty();
        assertThat(added.code()).isZero();
        assertThat(run("A=1", "", "user list --data \"$D\"", ZOE).out()).contains("zoë@example.com");
        Ended disabled = run("A=1", "", "user disable \"$T\" --data \"$D\"", "ZO\\303\\213@example.com");
        assertThat(disabled.out()).isEqualTo("changed user 1\n");
        assertThat(run("A=1", "", "user export --data \"$D\"", ZOE).out()).contains("\"name\":\"zoë@example.com\"");
    }

    @Test
    void an_argument_that_is_no_utf_8_is_refused_and_says_what_to_do() throws Exception {
        Ended run = run("A=1", "", "user disable \"$T\" --data \"$D\"", "zo\\353@example.com");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("argument 3 is not UTF-8: start it with LC_ALL=C.UTF-8 and give it as UTF-8\n");
        assertThat(data.resolve("data")).doesNotExist();
    }

    @Test
    void a_name_that_no_file_can_have_is_refused_and_says_what_to_do() throws Exception {
        for (String arguments : List.of(
                "user import \"$T.csv\" --data \"$D\"",
                "user import - --format csv --rejects \"$T\" --data \"$D\"",
                "user export \"$T.csv\" --data \"$D\"",
                "user list --data \"$T\"",
                "user list --database \"jdbc:sqlite:$T\" --data \"$D\"",
                "user list --config \"$T\" --data \"$D\"",
                "dialect check \"$T.yaml\"")) {
            Ended run = run("A=1", "", arguments, "im\\303\\251");
            assertThat(run.code()).as(arguments).isEqualTo(1);
            assertThat(run.err())
                    .as(arguments)
                    .contains("LC_ALL=C.UTF-8")
                    .doesNotContain("Exception")
                    .doesNotContain("\tat ")
                    .hasLineCount(1);
        }
    }

    @Test
    void variables_are_utf_8_whatever_the_locale() throws Exception {
        Files.writeString(data.resolve("server.yaml"), "");
        Ended path = run("AUTH_DATA=\"$T\"", "", "user list", "im\\303\\251");
        assertThat(path.err()).contains("AUTH_DATA", "LC_ALL=C.UTF-8").hasLineCount(1);
        Ended broken = run("AUTH_DATABASE_USER=\"$T\"", "", "user list", "im\\351");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err())
                .startsWith("the environment variable AUTH_DATABASE_USER is not UTF-8")
                .hasLineCount(1);
        assertThat(run("OTHER=\"$T\"", "", "dialect list", "im\\351").code()).isZero();
    }
}
