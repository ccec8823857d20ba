package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.UserStore;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what docs/storage.md shows, and compares its Java with the tests it says it is from. */
class StorageDocsTest {

    private static final Pattern SNIPPET =
            Pattern.compile("<!-- from: (\\w+) -->\\s+```java\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void the_page_s_java_runs() {
        Jdbi jdbi = Jdbi.create(SqliteUrl.of(folder.resolve("auth.db")));
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        UserStore users = stores.users();
        jdbi.useHandle(handle -> handle.execute("CREATE TABLE customer (user_id INTEGER)"));
        NewUser newUser = Samples.user();
        jdbi.useTransaction(handle -> {
            StoreResult result = stores.within(handle).users().insert(newUser);
            if (result instanceof StoreResult.Stored stored) {
                handle.execute(
                        "INSERT INTO customer (user_id) VALUES (?)",
                        stored.user().id().value());
            }
        });
        assertThat(users.page(null, 10)).hasSize(1);
    }

    @Test
    void the_page_s_java_is_from_tests() throws IOException {
        String page = Files.readString(Path.of("../docs/storage.md"));
        List<MatchResult> snippets = SNIPPET.matcher(page).results().toList();
        assertThat(snippets).hasSize(4);
        assertThat(page.split("```java", -1)).hasSize(snippets.size() + 1);
        for (MatchResult snippet : snippets) {
            Path source = Path.of("src/test/java/dev/countersign/jdbi", snippet.group(1) + ".java");
            assertThat(squeezed(Files.readString(source))).contains(squeezed(snippet.group(2)));
        }
    }

    private static String squeezed(String java) {
        return java.replaceAll("\\s+", "");
    }
}
