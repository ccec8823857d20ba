package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.password.RawPassword;
import dev.countersign.server.command.CommandRun;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.Setting;
import dev.countersign.usecase.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Users of a data folder, added as the command line adds them. */
final class TestUsers {

    private TestUsers() {}

    /** Adds one; who is there already stays. */
    static void add(Path data, String email, String shown) throws ConfigException {
        add(Map.of(Setting.DATA, data.toString(), Setting.BCRYPT_COST, "10"), email, shown);
    }

    /** Adds one in another database. */
    static void addOn(String database, Path data, String email, String shown) throws ConfigException {
        add(Map.of(Setting.DATA, data.toString(), Setting.DATABASE, database, Setting.BCRYPT_COST, "10"), email, shown);
    }

    private static void add(Map<Setting, String> flags, String email, String shown) throws ConfigException {
        try (Users users = Users.open(new ConfigLoader(Map.of()).load(flags, Optional.empty()));
                RawPassword password = RawPassword.of(shown)) {
            users.register(Registration.ofEmail(email, password));
            UsedSecrets.used(shown);
        }
    }

    /** Imports one with the number that an old system gave. */
    static void importOld(Path data, long number, String email, String password) throws IOException {
        Path file = Files.createTempFile(data, "old", ".csv");
        Files.writeString(file, "id,email,password\n" + number + "," + email + "," + password + "\n");
        CommandRun run = CommandRun.of(
                "user", "import", file.toString(), "--data=" + data, "--bcrypt-cost=10", "--dialects=standard");
        assertThat(run.code()).as(run.err()).isZero();
    }
}
