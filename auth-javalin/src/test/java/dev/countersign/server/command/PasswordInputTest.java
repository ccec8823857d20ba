package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password that comes from standard input. */
class PasswordInputTest {

    private static char[] read(byte[] input) throws IOException {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Terminal(new ByteArrayInputStream(input), nowhere, nowhere, Map.of()).readPassword();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\nmore", "\r\nmore"})
    void the_first_line_is_the_password_and_a_mark_is_no_part_of_it(String end) throws IOException {
        String password = " pässwörd\uFFFD with spaces ";
        assertThat(read((password + end).getBytes(StandardCharsets.UTF_8))).isEqualTo(password.toCharArray());
        assertThat(read(("\uFEFF" + password + end).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(password.toCharArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE", "windows-1252"})
    void what_is_no_utf_8_is_refused_and_not_quoted(String encoding) {
        byte[] input = "a pässwörd nobody has\n".getBytes(Charset.forName(encoding));
        assertThatThrownBy(() -> read(input))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("save it as UTF-8")
                .hasMessageNotContaining("nobody");
    }

    @Test
    void no_input_is_no_password() {
        assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("no password");
        assertThatThrownBy(() -> read(new byte[1 << 20])).hasMessageContaining("too long");
    }
}
