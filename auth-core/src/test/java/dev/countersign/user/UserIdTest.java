package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class UserIdTest {

    @Test
    void a_number_is_positive() {
        assertThat(new UserId(1).value()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId(0)).withMessageContaining("positive: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId(-1));
    }
}
