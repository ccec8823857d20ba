package dev.countersign.internal.unicode;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import dev.countersign.user.Identifier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Characters for which an identifier is refused. */
class ForbiddenCharacterTest {

    @ParameterizedTest
    @CsvSource({
        "U+00AD,a character that cannot be seen",
        "U+034F,a character that cannot be seen",
        "U+061C,a character that changes the direction of writing",
        "U+115F,a character that cannot be seen",
        "U+17B4,a character that cannot be seen",
        "U+180B,a character that cannot be seen",
        "U+200B,a character that cannot be seen",
        "U+200D,a character that cannot be seen",
        "U+200F,a character that changes the direction of writing",
        "U+202E,a character that changes the direction of writing",
        "U+2028,a line break",
        "U+2060,a character that cannot be seen",
        "U+2069,a character that changes the direction of writing",
        "U+3164,a character that cannot be seen",
        "U+FE0F,a character that cannot be seen",
        "U+FEFF,a character that cannot be seen",
        "U+FFA0,a character that cannot be seen",
        "U+FFF0,a character that cannot be seen",
        "U+FFF9,a character that cannot be seen",
        "U+FFFD,which stands for a character that was lost",
        "U+1BCA0,a character that cannot be seen",
        "U+1D173,a character that cannot be seen",
        "U+E0020,a character that cannot be seen",
        "U+E0FFF,a character that cannot be seen",
        "U+00A0,a space other than the usual one",
        "U+3000,a space other than the usual one",
        "U+0085,a control character",
        "U+001B,a control character",
        "U+E000,a character of private use",
        "U+10FFFD,a character of private use",
        "U+FDD0,a character that Unicode 16 does not have",
        "U+FFFF,a character that Unicode 16 does not have",
        "U+0378,a character that Unicode 16 does not have",
        "U+D800,half of a character"
    })
    void characters_that_deceive_are_refused_by_name(String codePoint, String what) {
        String letter = Character.toString(Integer.parseInt(codePoint.substring(2), 16));
        assertThat(Identifier.forbidden("p" + letter + "1")).hasToString("Optional[" + codePoint + ", " + what + "]");
        assertThat(Identifier.username("p" + letter + "1")).isEmpty();
        assertThat(Identifier.email("p" + letter + "1@example.com")).isEmpty();
        assertThat(Identifier.email("p1@exam" + letter + "ple.com")).isEmpty();
    }

    @Test
    void every_ignorable_character_is_refused() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(codePoint ->
                                UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                                        || UCharacter.hasBinaryProperty(codePoint, UProperty.BIDI_CONTROL))
                        .filter(codePoint -> Identifier.username("x" + Character.toString(codePoint) + "x")
                                .isPresent()))
                .isEmpty();
    }
}
