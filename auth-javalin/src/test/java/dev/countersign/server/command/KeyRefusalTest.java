package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands for keys refuse, so that no token becomes forgeable and none is lost. */
class KeyRefusalTest extends KeyFolder {

    @Test
    void no_command_makes_a_ring_that_is_missing() throws Exception {
        Files.delete(folder.resolve("keys/payop.json"));
        for (String[] words : new String[][] {
            {"rotate", "payop"},
            {"retire", "payop"},
            {"list", "payop"},
            {"add", "payop", secret(SECRET).toString()},
            {"add", "payop", secret(SECRET).toString(), "--verify-only", "--until=2999-01-01"}
        }) {
            CommandRun refused = run(words);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err()).isEqualTo(missing("payop"));
        }
        assertThat(folder.resolve("keys/payop.json")).doesNotExist();
    }

    @Test
    void a_new_installation_can_get_the_key_of_the_old_system_before_its_first_start() throws Exception {
        String fresh = "--data=" + folder.resolve("fresh");
        Path file = secret(SECRET);
        CommandRun added =
                CommandRun.of("key", "add", "payop", file.toString(), "--verify-only", "--until=2999-01-01", fresh);
        assertThat(added.err()).isEmpty();
        CommandRun listed = CommandRun.of("key", "list", "payop", fresh);
        assertThat(listed.out()).contains("\tsigns\t").endsWith("\tverifies\t-\t2999-01-01T00:00:00Z\t-\n");
        assertThat(CommandRun.of("key", "rotate", "standard", fresh).code()).isZero();
    }

    @Test
    void a_key_that_is_in_the_ring_and_an_algorithm_that_does_not_suit_are_refused() throws Exception {
        String[] words = {"add", "payop", secret(SECRET).toString(), "--verify-only", "--until=2999-01-01"};
        assertThat(run(words).code()).isZero();
        assertThat(run(words).err()).contains("the key is already in the ring, as ");
        String[] other = Arrays.copyOf(words, words.length + 1);
        other[words.length] = "--algorithm=RS256";
        assertThat(run(other).err()).isEqualTo("RS256 does not suit a shared secret\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--encoding=text", "--encoding=base64"})
    void a_public_key_is_never_a_shared_secret(String encoding) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        byte[] der = generator.generateKeyPair().getPublic().getEncoded();
        String base64 = Base64.getEncoder().encodeToString(der);
        assertRefused(base64, encoding, "looks like a public key");
        if (!encoding.contains("base64")) {
            assertRefused(Base64.getMimeEncoder().encodeToString(der), encoding, "looks like a public key");
            assertRefused("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC0 me@host", encoding, "looks like an SSH public key");
            assertRefused(base64 + "\n-----END PUBLIC KEY-----", encoding, "a public key or certificate in PEM");
            assertRefused("[{\"kty\":\"RSA\",\"n\":\"0123456789012345\"}]", encoding, "looks like a JWK");
        }
    }

    private void assertRefused(String text, String encoding, String why) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("add", "payop", secret(text).toString(), "--verify-only", "--until=2999-01-01"));
        if (!encoding.isEmpty()) {
            words.add(encoding);
        }
        CommandRun refused = run(words.toArray(String[]::new));
        assertThat(refused.code()).as(text).isEqualTo(1);
        assertThat(refused.err()).contains(why).hasLineCount(1).doesNotContain(text);
    }
}
