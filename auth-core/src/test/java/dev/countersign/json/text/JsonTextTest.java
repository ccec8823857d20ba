package dev.countersign.json.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-1",
                "1.50",
                "\"\"",
                "\"é🐎\"",
                "[]",
                "{}",
                "[1,[2,[3]],{\"a\":null}]",
                "{\"z\":1,\"a\":{\"y\":[],\"b\":\"\"}}",
                "9007199254740993",
                "123456789012345678901234567890",
                "0.1234567890123456789",
                "\"\\\"\\\\\\n\\u0000\"",
                "{\"\":{\"\":0}}"
            })
    void what_is_written_compactly_is_written_back_the_same(String text) throws JsonSyntaxException {
        assertThat(JsonText.write(JsonText.read(text))).isEqualTo(text);
        assertThat(JsonText.read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(JsonText.read(text));
    }

    @Test
    void types_are_kept() throws JsonSyntaxException {
        assertThat(JsonText.read(" [ \"1\" , 1 , true ]\r\n"))
                .isEqualTo(JsonArray.of(new JsonString("1"), JsonNumber.of(1), new JsonBoolean(true)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "[1",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "nul",
                "NULL",
                "True",
                "NaN",
                "Infinity",
                "-",
                "+1",
                "01",
                "1.",
                ".5",
                "1e",
                "0x10",
                "\"",
                "\"a",
                "\"\n\"",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12\"",
                "// c\n1",
                "/* c */ 1",
                "# c\n1",
                "\uFEFF1",
                "\u00A01",
                "undefined"
            })
    void what_is_not_json_is_refused(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "[{\"a\":{\"b\":1,\"b\":1}}]", "{\"\":1,\"\":1}"
            })
    void duplicate_members_are_refused(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 2", "{}{}", "{} x", "[]]", "null,", "{}\0", "\"a\"\"b\"", "1 // c"})
    void anything_after_the_value_is_refused(String text) {
        assertRefused(text);
    }

    @Test
    void depth_is_bounded() throws JsonSyntaxException {
        assertThat(JsonText.read("[".repeat(32) + "]".repeat(32))).isInstanceOf(JsonArray.class);
        assertRefused("[".repeat(33) + "]".repeat(33));
        assertRefused("{\"a\":".repeat(33) + "1" + "}".repeat(33));
        assertRefused("[".repeat(1_000_000));
    }

    @Test
    void numbers_are_bounded() throws JsonSyntaxException {
        assertThat(JsonText.read("1".repeat(100))).isInstanceOf(JsonNumber.class);
        assertRefused("1".repeat(101));
        assertRefused("0." + "1".repeat(101));
        assertRefused("1".repeat(1_000_000));
    }

    @ParameterizedTest
    @CsvSource({
        "1e1001",
        "1e-1001",
        "1e1000000000",
        "0e99999",
        "1e9999999999",
        "-1e-9999999999",
        "1e2147483648",
        "1e-2147483648"
    })
    void an_exponent_out_of_range_is_refused(String text) {
        assertRefused(text);
    }

    @Test
    void an_exponent_in_range_is_read() throws JsonSyntaxException {
        assertThat(JsonText.read("1.5e3")).isEqualTo(JsonNumber.of(1500)).isEqualTo(JsonText.read("1500.0"));
        assertThat(JsonText.write(JsonText.read("1e308"))).isEqualTo("1E+308");
        assertThat(JsonText.write(JsonText.read("5e-324"))).isEqualTo("5E-324");
        assertThat(JsonText.write(JsonText.read("1e1000"))).isEqualTo("1E+1000");
        assertThat(JsonText.write(JsonText.read("1e-1000"))).isEqualTo("1E-1000");
    }

    @Test
    void bytes_that_are_not_utf8_are_refused() {
        byte[][] wrong = {
            {'"', (byte) 0xFF, '"'},
            {'"', (byte) 0xC0, (byte) 0x80, '"'},
            {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
            {'"', (byte) 0xE9, '"'},
            {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '1'},
            "\"a\"".getBytes(StandardCharsets.UTF_16LE)
        };
        for (byte[] bytes : wrong) {
            assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(() -> JsonText.read(bytes));
        }
    }

    @Test
    void no_message_quotes_the_text() {
        for (String text : new String[] {
            "{\"password\":hunter2}", "\"hunter2", "{\"hunter2\":1,\"hunter2\":2}", "[hunter2]", "1 hunter2"
        }) {
            assertThatExceptionOfType(JsonSyntaxException.class)
                    .isThrownBy(() -> JsonText.read(text))
                    .withMessageContaining("line 1")
                    .withMessageNotContaining("hunter2")
                    .withNoCause();
        }
    }

    @Test
    void mutated_text_is_read_or_refused() {
        String original = "{\"user\":{\"email\":\"a@example.com\",\"id\":1.5e3,\"on\":[true,null,\"\\u00e9\"]}}";
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(original);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), "{}[]\",:\\0e-. \n\uD800é".charAt(random.nextInt(16)));
            }
            try {
                Json read = JsonText.read(text.toString());
                assertThat(JsonText.read(JsonText.write(read))).isEqualTo(read);
            } catch (JsonSyntaxException refused) {
                assertThat(refused).hasMessageContaining("line");
            }
        }
    }

    @Test
    void half_a_character_is_escaped_when_it_is_written() throws JsonSyntaxException {
        Json halves = JsonText.read("[\"\\ud83d\",\"\\ude00!\",\"\\ude00\\ud83d\",\"😀\"]");
        String written = JsonText.write(halves);
        assertThat(written).isEqualTo("[\"\\ud83d\",\"\\ude00!\",\"\\ude00\\ud83d\",\"😀\"]");
        assertThat(JsonText.read(written.getBytes(StandardCharsets.UTF_8))).isEqualTo(halves);
    }

    private static void assertRefused(String text) {
        assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(() -> JsonText.read(text));
    }
}
