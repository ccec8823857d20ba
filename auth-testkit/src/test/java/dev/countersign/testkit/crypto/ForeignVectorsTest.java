package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.crypto.ForeignVectors.Vector;
import dev.countersign.testkit.fixture.SeededRandom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hashes that other systems' own implementations made. */
@Tag("slow")
class ForeignVectorsTest {

    private static final MigratingPasswordHasher HASHER =
            new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SeededRandom(1)), ForeignHashes.all());

    static List<Vector> vectors() {
        return ForeignVectors.all();
    }

    static List<Vector> changedVectors() {
        return vectors().stream()
                .filter(vector -> vector.isCut()
                        || HASHER.isWeak(vector.stored())
                        || vector.form().equals("Firebase"))
                .toList();
    }

    static List<Vector> wholeVectors() {
        return ForeignVectors.all().stream().filter(vector -> !vector.isCut()).toList();
    }

    @ParameterizedTest
    @MethodSource("wholeVectors")
    void a_hash_as_the_other_system_has_it_verifies_and_no_longer_password_does(Vector vector) {
        assertThat(HASHER.refusal(vector.stored())).isEmpty();
        assertThat(verify(vector.password(), vector.stored())).isTrue();
        assertThat(verify(vector.password() + "x", vector.stored())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("changedVectors")
    void the_form_that_an_import_stores_verifies_and_no_other_password_does(Vector vector) {
        PasswordHash taken = HASHER.taken(vector.stored(), vector.isCut());
        assertThat(verify(vector.password(), taken)).isTrue();
        assertThat(verify(vector.password() + "x", taken)).isEqualTo(vector.isCut());
        assertThat(verify("x" + vector.password().substring(1), taken)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void the_form_that_an_import_stores_can_be_imported_again_and_is_not_weak(Vector vector) {
        PasswordHash taken = HASHER.taken(vector.stored(), vector.isCut());
        assertThat(HASHER.refusal(taken)).isEmpty();
        assertThat(HASHER.taken(taken, vector.isCut())).isEqualTo(taken);
        assertThat(HASHER.isWeak(taken)).isFalse();
        assertThat(HASHER.outdated(taken))
                .isEqualTo(!HASHER.kind(taken).equals("bcrypt, cost 10")
                        || vector.form().equals("Spring Security"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_short_password_is_to_be_stored_anew_and_one_that_was_not_read_whole_is_not(Vector vector) {
        PasswordHash taken = HASHER.taken(vector.stored(), vector.isCut());
        try (RawPassword password = RawPassword.of(vector.password())) {
            assertThat(HASHER.shouldRehash(password, taken)).isEqualTo(HASHER.outdated(taken) && password.bytes() < 72);
        }
    }

    @Test
    void every_form_that_the_page_names_has_a_vector_and_every_vector_a_row() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "import.md"));
        List<String> rows = page.substring(page.indexOf("## Hashes"), page.indexOf("## Recipes"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| from"))
                .map(line -> line.substring(2, line.indexOf(" |", 2)))
                .toList();
        assertThat(ForeignVectors.all().stream().map(Vector::form).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    private static boolean verify(String text, PasswordHash stored) {
        try (RawPassword password = RawPassword.of(text)) {
            return HASHER.verify(password, stored);
        }
    }
}
