package dev.countersign.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.user.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** The folded form of any identifier is its own folded form: nobody registers as somebody else. */
@Tag("slow")
class IdentifierFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "Han@Falcon.example",
                        "anna@m\u00fcnchen.example",
                        "anna@xn--mnchen-3ya.example",
                        "STRASSE@stra\u00dfe.example",
                        "\u0130stanbul",
                        "\u03a3\u03c3\u03c2",
                        "e\u0301\u0301@\u212a.example",
                        "\ufb03",
                        "a@\u3002b")
                .map(Seeds::utf8);
    }

    @MethodSource("seeds")
    @FuzzTest
    void a_folded_identifier_folds_to_itself(byte[] bytes) {
        String text = Seeds.text(bytes);
        Identifier looked = Identifier.typed(text);
        // A few letters become several when they are folded: the result may be longer than an identifier can be.
        if (!looked.folded().isEmpty() && looked.folded().length() <= Identifier.MAX_LENGTH) {
            Identifier again = Identifier.typed(looked.folded());
            assertThat(again.folded()).isEqualTo(looked.folded());
            assertThat(again).isEqualTo(looked);
        }
        for (Optional<Identifier> stored : List.of(Identifier.email(text), Identifier.username(text))) {
            stored.ifPresent(one -> assertThat(one.folded())
                    .isNotEmpty()
                    .isEqualTo(Identifier.typed(one.text()).folded()));
        }
    }
}
