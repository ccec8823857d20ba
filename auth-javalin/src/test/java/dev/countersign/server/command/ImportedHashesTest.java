package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What imports do with hashes of systems that cut passwords, and with weak ones. */
class ImportedHashesTest {

    /** Made by npm bcrypt 6.0.0 of eighty digits. */
    private static final String CUT = "$2b$10$UIVv4KuplgX/x2i0R.dZcOnejPMjRNBCljda.UueuWsmGlFmNNErq";

    /** Made by WordPress 6.1.9. */
    private static final String WEAK = "$P$BaXax1Dh9qdXMpw6jT4niXdSNjBnYP.";

    @TempDir
    Path folder;

    @Test
    void bcrypt_hashes_are_marked_as_cut_only_with_the_option() throws Exception {
        assertThat(run("email,password_hash\na@example.com," + CUT + "\n", "--bcrypt-cut")
                        .code())
                .isZero();
        assertThat(run("email,password_hash\nb@example.com," + CUT + "\n").code())
                .isZero();

        assertThat(export()).contains("\"{cut}" + CUT + "\"").contains("\"" + CUT + "\"");
        assertThat(hashes())
                .contains("1\tbcrypt, cost 10, cut at 72 bytes; replaced at the next login", "1\tbcrypt, cost 10");
    }

    @Test
    void weak_hashes_are_stored_inside_bcrypt_and_counted_and_left_alone_when_the_import_is_run_again()
            throws Exception {
        String file = "email,password_hash\na@example.com," + WEAK + "\nb@example.com,"
                + "sha1$seasalt$cff36ea83f5706ce9aa7454e63e431fc726b2dc8\nc@example.com," + CUT + "\n";

        CommandRun dry = run(file, "--dry-run");
        assertThat(dry.out()).contains("would be added 3").contains("would be wrapped 2 weak hashes");
        CommandRun first = run(file);
        assertThat(first.out()).contains("added 3").contains("\nwrapped 2 weak hashes into bcrypt");
        assertThat(export())
                .contains("{wrapped $P$BaXax1Dh9......................}$2b$10$")
                .doesNotContain(WEAK, "cff36");
        String before = export();
        CommandRun again = run(file);
        assertThat(again.out()).contains("added 0").contains("already there 3").doesNotContain("wrapped");
        assertThat(export()).isEqualTo(before);
        assertThat(hashes())
                .contains(
                        "1\tphpass, 8192 times MD5, inside bcrypt, cost 10; replaced at the next login",
                        "1\tone SHA-1, inside bcrypt, cost 10; replaced at the next login");
    }

    @Test
    void an_update_with_a_weak_hash_wraps_it_too() throws Exception {
        run("email,password_hash\na@example.com," + CUT + "\n");
        assertThat(run("email,password_hash\na@example.com," + WEAK + "\n", "--update")
                        .out())
                .contains("updated 1")
                .contains("wrapped 1 weak");
        assertThat(export()).contains("{wrapped ").doesNotContain(CUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl"})
    void marked_and_wrapped_hashes_survive_an_export_and_an_import(String format) throws Exception {
        run("email,password_hash\na@example.com," + WEAK + "\nb@example.com," + CUT + "\n", "--bcrypt-cut");
        String before = export();
        Path file = folder.resolve("users." + format);
        CommandRun.withInput("", "user", "export", file.toString(), "--data", data("one"));

        CommandRun moved = CommandRun.withInput("", "user", "import", file.toString(), "--data", data("two"));

        assertThat(moved.out()).contains("added 2").doesNotContain("wrapped");
        assertThat(CommandRun.withInput("", "user", "export", "--data", data("two"))
                        .out())
                .isEqualTo(before);
    }

    @Test
    void a_secret_of_the_other_system_is_not_stored() throws Exception {
        String hash =
                "\"$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==\"";
        assertThat(run("email,password_hash\na@example.com," + hash + "\n").code())
                .isZero();
        assertThat(export()).contains("$fbscrypt$v=1,n=14,r=8,p=1$").doesNotContain("jxspr8Ki0RYycVU8");
    }

    private CommandRun run(String file, String... options) throws Exception {
        Path csv = folder.resolve("file.csv");
        Files.writeString(csv, file, StandardCharsets.UTF_8);
        List<String> arguments = new ArrayList<>(
                List.of("user", "import", csv.toString(), "--bcrypt-cost", "10", "--data", data("one")));
        if (!Files.exists(Path.of(data("one")))) {
            CommandRun.withInput("", "db", "migrate", "--data", data("one"));
        }
        arguments.addAll(List.of(options));
        return CommandRun.withInput("", arguments.toArray(String[]::new));
    }

    private String export() {
        return CommandRun.withInput("", "user", "export", "--data", data("one")).out();
    }

    private List<String> hashes() {
        return CommandRun.withInput("", "user", "hashes", "--bcrypt-cost", "10", "--data", data("one"))
                .out()
                .lines()
                .toList();
    }

    private String data(String name) {
        return folder.resolve(name).toString();
    }
}
