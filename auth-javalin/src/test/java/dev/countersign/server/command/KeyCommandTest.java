package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.common.base.Splitter;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commands for keys, on a folder that no server uses. */
class KeyCommandTest extends KeyFolder {

    private static final String SHORT = "old rails";

    private record Line(
            String mount, String key, String algorithm, String use, String from, String until, String system) {}

    @Test
    void a_rotation_is_announced_and_ends_the_former_key_by_itself() throws Exception {
        Instant before = Instant.now();
        CommandRun made = run("rotate", "standard");
        assertThat(made.code()).isZero();
        List<Line> keys = list("standard");
        assertThat(keys).extracting(Line::use).containsExactly("signs", "signs next");
        Instant from = Instant.parse(keys.get(1).from());
        // The standard dialect lets readers keep its keys for five minutes.
        assertThat(Duration.between(before, from)).isBetween(Duration.ofSeconds(310), Duration.ofSeconds(330));
        Instant until = Instant.parse(keys.get(0).until());
        assertThat(Duration.between(from, until)).isEqualTo(Duration.ofSeconds(15 * 60 + 10));
        assertThat(made.out())
                .isEqualTo("the key " + keys.get(1).key() + " (ES256) of standard signs from " + from + "\nthe key "
                        + keys.get(0).key() + " verifies until " + until + ", when its last token has expired\n");

        CommandRun again = run("rotate", "standard");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err())
                .isEqualTo("the key " + keys.get(1).key() + " of standard signs from " + from
                        + ": wait until then. After a leak, do not wait, and run auth-server key retire standard "
                        + keys.get(1).key()
                        + ", then auth-server key rotate standard --after 0s, then auth-server key retire standard\n");
        CommandRun early = run("retire", "standard");
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err())
                .isEqualTo("the key " + keys.get(0).key() + " is the only one of standard that signs: from " + from
                        + " the key " + keys.get(1).key() + " signs; retire the former one after that\n");
        assertThat(list("standard")).isEqualTo(keys);
    }

    @Test
    void a_key_that_signs_at_once_is_told_to_be_unknown_to_others_and_the_former_one_can_be_retired() throws Exception {
        CommandRun made = run("rotate", "standard", "--after", "0s");
        assertThat(made.out())
                .contains("every node knows the new key within 2 s, every reader of the public keys within 312 s");
        List<Line> keys = list("standard");
        assertThat(keys).extracting(Line::use).containsExactly("verifies", "signs");
        CommandRun retired = run("retire", "standard");
        assertThat(retired.out())
                .isEqualTo(
                        "retired the key " + keys.get(0).key() + " of standard: its tokens are refused from now on, and"
                                + " their users must log in again; the last of them would have expired by "
                                + keys.get(0).until() + "\n");
        assertThat(list("standard"))
                .extracting(Line::key, Line::use, Line::until)
                .containsExactly(tuple(keys.get(1).key(), "signs", "-"));
        CommandRun only = run("retire", "standard");
        assertThat(only.code()).isEqualTo(1);
        assertThat(only.err())
                .contains("the only one of standard that signs: run auth-server key rotate standard first");
        assertThat(run("retire", "standard", keys.get(1).key()).err()).isEqualTo(only.err());
        assertThat(run("retire", "standard", "nothing").err())
                .isEqualTo("there is no key nothing of standard; auth-server key list standard shows all\n");
    }

    @Test
    void a_next_key_can_be_taken_back() throws Exception {
        run("rotate", "payop");
        List<Line> keys = list("payop");
        assertThat(run("retire", "payop", keys.get(1).key()).out()).contains("it has signed nothing");
        assertThat(list("payop"))
                .extracting(Line::key, Line::until)
                .containsExactly(tuple(keys.get(0).key(), "-"));
    }

    @Test
    void the_ring_is_a_jwk_set_that_only_its_owner_reads_and_no_secret_is_printed() throws Exception {
        CommandRun made = run("rotate", "standard");
        run("rotate", "payop");
        Path ring = folder.resolve("keys/standard.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ring)))
                .isEqualTo("rw-------");
        JWKSet set = JWKSet.parse(Files.readString(ring));
        assertThat(set.getKeys()).hasSize(2).allMatch(JWK::isPrivate);
        assertThat(JWKSet.parse(Files.readString(folder.resolve("keys/payop.json")))
                        .getKeys())
                .allSatisfy(key -> assertThat(key.getKeyType().getValue()).isEqualTo("oct"));
        for (JWK key : set.getKeys()) {
            String secret = key.toECKey().getD().toString();
            assertThat(made.out() + run("list").out()).doesNotContain(secret);
        }
        assertThat(run("list").out().lines().skip(1)).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void mounts_are_named_as_the_configuration_names_them() throws Exception {
        String dialects = "--dialects=standard@/tenant/a,standard";
        ring("standard@tenant+a", SigningAlgorithm.ES256);
        assertThat(run("rotate", "standard@/tenant/a", dialects).code()).isZero();
        Files.delete(folder.resolve("keys/standard.json"));
        CommandRun list = run("list", dialects);
        assertThat(list.out()).contains("standard@/tenant/a\t");
        assertThat(list.code()).isEqualTo(1);
        assertThat(list.err()).isEqualTo(missing("standard"));
        assertThat(run("list", "payop", dialects).out()).isEmpty();
        assertThat(run("list", "payop", dialects).err())
                .isEqualTo("there is no mount payop; the configuration mounts standard, standard@/tenant/a\n");
    }

    @Test
    void a_key_of_an_old_system_only_verifies_until_its_day() throws Exception {
        Path file = secret(SECRET);
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(40);
        CommandRun added = run(
                "add", "payop", file.toString(), "--verify-only", "--from-system", "shop", "--until", day.toString());
        assertThat(added.code()).isZero();
        List<Line> keys = list("payop");
        assertThat(keys)
                .extracting(Line::use, Line::until, Line::system)
                .containsExactly(tuple("signs", "-", "-"), tuple("verifies", day + "T00:00:00Z", "shop"));
        assertThat(added.out())
                .isEqualTo("the key " + keys.get(1).key()
                        + " (HS256) verifies tokens of the old system shop at payop until " + day + "T00:00:00Z\n");
        assertThat(run("retire", "payop").err()).contains("the only one of payop that signs");
        assertThat(run("retire", "payop", keys.get(1).key()).out())
                .contains("tokens of the old system that it verifies are refused from now on");
    }

    @Test
    void a_short_secret_needs_its_loud_option_and_a_near_end() throws Exception {
        Path file = secret(SHORT);
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(40);
        String[] plain = {"add", "payop", file.toString(), "--verify-only", "--until", day.toString()};
        assertThat(run(plain).err())
                .contains("at least 32 bytes, this has 9: ", "--accept-short-secret")
                .doesNotContain(SHORT);
        secret("");
        assertThat(run(plain).err()).contains("the secret is empty");
        secret(SHORT);
        assertThat(run(
                                "add",
                                "payop",
                                file.toString(),
                                "--verify-only",
                                "--until",
                                day.plusYears(2).toString(),
                                "--accept-short-secret")
                        .err())
                .contains("for a year at most");
        assertThat(run("add", "payop", file.toString(), "--accept-short-secret").err())
                .contains("for a key that is --verify-only");
        assertThat(run("add", "payop", file.toString(), "--verify-only", "--accept-short-secret")
                        .err())
                .contains("needs an end: --until");
        assertThat(run(
                                "add",
                                "payop",
                                secret(SECRET).toString(),
                                "--verify-only",
                                "--until",
                                day.toString(),
                                "--accept-short-secret")
                        .err())
                .contains("not a short secret");
        assertThat(run(
                                "add",
                                "payop",
                                secret(SHORT).toString(),
                                "--verify-only",
                                "--until",
                                day.toString(),
                                "--accept-short-secret")
                        .code())
                .isZero();
        assertThat(list("payop")).extracting(Line::use).containsExactly("signs", "verifies (SHORT SECRET)");
    }

    @Test
    void a_key_of_ones_own_is_added_like_a_new_one() throws Exception {
        String hex = "0123456789abcdef".repeat(4);
        CommandRun added = CommandRun.with(
                Map.of(),
                hex + "\n",
                "key",
                "add",
                "payop",
                "-",
                "--encoding",
                "hex",
                "--after=0s",
                "--key-id=mine",
                "--data=" + folder);
        assertThat(added.err()).isEmpty();
        assertThat(list("payop")).extracting(Line::key, Line::use).contains(tuple("mine", "signs"));
        assertThat(run("add", "standard", secret(SECRET).toString()).err())
                .contains("the key is for HS256, but standard signs with ES256")
                .contains("--verify-only");
    }

    @Test
    void a_file_with_a_secret_that_others_can_read_is_refused() throws Exception {
        Path file = secret(SECRET);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("add", "payop", file.toString()).err()).contains("chmod 600");
        assertThat(run("add", "payop", folder.resolve("none").toString()).err()).contains("no such file");
    }

    @Test
    void keys_that_the_configuration_gives_are_changed_there_unless_they_are_a_set() throws Exception {
        Path config = folder.resolve("auth.yaml");
        Files.writeString(config, "dialects:\n  - {name: payop, signing_key: {variable: PAYOP_KEY}}\n");
        CommandRun refused = CommandRun.with(
                Map.of("PAYOP_KEY", SECRET), "", "key", "rotate", "payop", "--config=" + config, "--data=" + folder);
        assertThat(refused.err())
                .isEqualTo(
                        "the key of payop is given by signing_key (environment variable PAYOP_KEY): change it there, or"
                                + " give a JWK Set as a file with encoding: json\n");
        run("rotate", "payop");
        Path given = Files.move(folder.resolve("keys/payop.json"), folder.resolve("given.json"));
        Files.writeString(config, "dialects:\n  - {name: payop, signing_key: {file: given.json, encoding: json}}\n");
        assertThat(run("list", "payop", "--config=" + config).out().lines().skip(1))
                .hasSize(2);
        String next = JWKSet.parse(Files.readString(given)).getKeys().get(1).getKeyID();
        assertThat(run("retire", "payop", next, "--config=" + config).code()).isZero();
        assertThat(JWKSet.parse(Files.readString(given)).getKeys()).hasSize(1);
    }

    @Test
    void wrong_usage_is_explained() {
        assertThat(run("rotate", "standard", "--after", "soon").err()).contains("--after is a time such as 0s, 10m");
        assertThat(run("rotate").code()).isEqualTo(2);
        assertThat(CommandRun.of("key").err()).contains("a command is missing: ");
        assertThat(run("add", "payop", "x", "--verify-only", "--until", "then").err())
                .contains("--until is a day such as");
        assertThat(run("add", "payop", "x", "--algorithm", "none").err()).contains("--algorithm is one of HS256");
    }

    private List<Line> list(String mount) {
        return run("list", mount)
                .out()
                .lines()
                .skip(1)
                .map(line -> Splitter.on('\t').splitToList(line))
                .map(cells -> new Line(
                        cells.get(0),
                        cells.get(1),
                        cells.get(2),
                        cells.get(3),
                        cells.get(4),
                        cells.get(5),
                        cells.get(6)))
                .toList();
    }
}
