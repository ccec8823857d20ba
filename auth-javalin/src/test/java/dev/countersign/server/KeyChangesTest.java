package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.command.CommandRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several operators change the keys of a mount at the same time. */
@Tag("slow")
final class KeyChangesTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("AUTH_MASTER_KEY", "0123456789abcdef".repeat(4));

    @TempDir
    private Path folder;

    @Test
    void of_changes_at_once_none_is_lost_in_a_file_or_in_the_database() throws Exception {
        String url = Postgres.freshDatabase();
        RunningServer.start(folder.resolve("a"), ENVIRONMENT, "--dialects=payop", "--database=" + url)
                .close();
        RunningServer.start(folder.resolve("file"), "--dialects=payop").close();
        for (boolean shared : List.of(true, false)) {
            ExecutorService operators = Executors.newFixedThreadPool(6);
            List<Future<CommandRun>> runs = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String secret = "a secret of an old system, number " + i;
                String place = shared ? "--database=" + url : "--data=" + folder.resolve("file");
                runs.add(operators.submit(() -> CommandRun.with(
                        shared ? ENVIRONMENT : Map.of(),
                        secret,
                        "key",
                        "add",
                        "payop",
                        "-",
                        "--verify-only",
                        "--until=2999-01-01",
                        place)));
            }
            for (Future<CommandRun> run : runs) {
                assertThat(run.get().code()).as(run.get().err()).isZero();
            }
            operators.shutdown();
            String[] place = shared
                    ? new String[] {"key", "list", "payop", "--database=" + url}
                    : new String[] {"key", "list", "payop", "--data=" + folder.resolve("file")};
            assertThat(CommandRun.with(shared ? ENVIRONMENT : Map.of(), "", place)
                            .out()
                            .lines())
                    .hasSize(8);
        }
    }
}
