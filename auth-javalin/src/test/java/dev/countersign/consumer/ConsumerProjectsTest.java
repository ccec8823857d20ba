package dev.countersign.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application with a codec, a hasher and a store of its own leaves the libraries of ours out. */
class ConsumerProjectsTest {

    @TempDir
    private static Path classes;

    private static ConsumerProject bare;

    @BeforeAll
    static void compile() throws IOException {
        bare = ConsumerProject.compiled("bare-core", classes);
    }

    @Test
    void its_class_path_is_the_list_that_is_checked_in() throws IOException {
        assertThat(bare.artifacts()).isEqualTo(bare.listed());
    }

    @Test
    void its_class_path_has_no_library_of_an_adapter() {
        assertThat(bare.files().map(Path::toString))
                .noneMatch(entry -> entry.matches(".*(jjwt|favre|bcrypt|bcprov|bouncycastle|zxcvbn).*"));
    }

    @Test
    void it_registers_logs_in_and_authenticates() throws Exception {
        assertThat(bare.run("example.Main")).isEqualTo("ok");
    }

    @Test
    void an_adapter_without_its_library_names_it_and_the_lines_to_add() throws Exception {
        String once = Stream.of(
                        explanation("BcryptPasswordHasher", "at.favre.lib", "bcrypt"),
                        explanation("KeyMaterial", "io.jsonwebtoken", "jjwt-api"),
                        explanation("KeyRing", "io.jsonwebtoken", "jjwt-api"),
                        explanation("CommonPasswords", "com.nulab-inc", "zxcvbn"),
                        explanation("ForeignHashes", "org.bouncycastle", "bcprov-jdk18on"))
                .collect(Collectors.joining("\n"));
        String printed = bare.run("example.Absent");
        assertThat(printed.replaceAll("<version>[0-9.]+</version>", "<version>…</version>"))
                .isEqualTo(once + "\n" + once);
    }

    private static String explanation(String user, String group, String artifact) {
        return """
                %s needs %s:%s, which is not on the class path. Remove its exclusion, or add:
                <dependency>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>…</version>
                </dependency>""".formatted(user, group, artifact, group, artifact);
    }
}
