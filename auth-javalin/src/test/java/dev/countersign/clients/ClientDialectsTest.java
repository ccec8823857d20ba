package dev.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.command.CommandRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialect files of the official clients, also where there is no Node.js. */
class ClientDialectsTest {

    @ParameterizedTest
    @ValueSource(strings = {"supabase", "directus", "directus-cookie", "directus-session", "pocketbase"})
    void a_file_has_no_problem_and_only_the_warnings_that_its_api_deserves(String name) {
        CommandRun run = CommandRun.of("dialect", "check", "src/test/resources/dialects/" + name + ".yaml");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err().lines()).allMatch(line -> line.endsWith(", unless the old API works this way"));
    }
}
