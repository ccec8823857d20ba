package peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Fills the database from the users file, before the application is ready. */
@Component
class UsersFile implements ApplicationRunner {
    private final JdbcTemplate jdbc;
    private final Path file;

    UsersFile(JdbcTemplate jdbc, @Value("${users}") Path file) {
        this.jdbc = jdbc;
        this.file = file;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) throws IOException {
        List<String[]> users = Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(line -> line.split("\t"))
                .toList();
        jdbc.batchUpdate("""
                insert into users (email, password_hash, name) values (?, ?, ?)
                on conflict (email) do update set password_hash = excluded.password_hash""",
                users, 1000, (statement, user) -> {
                    String email = user[0].toLowerCase(Locale.ROOT);
                    statement.setString(1, email);
                    statement.setString(2, user[1]);
                    statement.setString(3, email.substring(0, email.indexOf('@')));
                });
    }
}
