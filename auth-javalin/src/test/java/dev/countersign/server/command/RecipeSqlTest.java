package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.Postgres;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** The statements of docs/import.md on tables as the other systems make them: psql's {@code \copy} is PostgreSQL's COPY over the connection. */
class RecipeSqlTest {

    private static final Path SAMPLES = Path.of("src", "test", "resources", "dev", "countersign", "server", "transfer");

    @ParameterizedTest
    @ValueSource(strings = {"devise", "django", "spring", "laravel", "flask", "aspnet", "keycloak"})
    void the_statement_of_the_page_writes_the_file_of_the_page(String system) throws Exception {
        String page = Files.readString(Path.of("..", "docs", "import.md"));
        Matcher recipe = Pattern.compile("\"\\\\copy (.*) TO '" + system + "\\.csv' CSV HEADER\"")
                .matcher(page);
        assertThat(recipe.find()).isTrue();
        // What the shell makes of the text in double quotes.
        String select = recipe.group(1).replace("\\\"", "\"").replace("\\$", "$");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Connection connection = DriverManager.getConnection(Postgres.freshDatabase());
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            statement.execute(Files.readString(SAMPLES.resolve(system + ".sql")));
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY " + select + " TO STDOUT CSV HEADER", file);
        }
        assertThat(file.toString(StandardCharsets.UTF_8)).isEqualTo(Files.readString(SAMPLES.resolve(system + ".csv")));
    }
}
