package dev.countersign.dialect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedDialectsTest {

    static List<String> names() {
        return ShippedDialects.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_shipped_file_is_a_dialect_of_its_name(String name) {
        assertThat(ShippedDialects.dialect(name).name()).isEqualTo(name);
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest_known_one() {
        String wrong = ShippedDialects.names().get(1) + "x";

        assertThatThrownBy(() -> ShippedDialects.text(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean " + ShippedDialects.names().get(1) + "?");
    }
}
