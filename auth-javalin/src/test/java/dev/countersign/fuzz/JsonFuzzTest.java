package dev.countersign.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.WholeText;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read as JSON is read the same again after it is written, and another library reads it, too. */
@Tag("slow")
class JsonFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.concat(
                        Seeds.claims(),
                        Stream.of(
                                "{\"a\":[1,-2.5e3,true,null,\"\\u00e9\\ud83d\\ude00\\n\"],\"b\":{\"c\":{}}}",
                                "[]",
                                "-0.0e-1"))
                .map(Seeds::utf8);
    }

    @MethodSource("seeds")
    @FuzzTest
    void what_is_read_is_read_again(byte[] bytes) throws JsonSyntaxException, JoseException {
        Json read;
        try {
            read = JsonText.read(bytes);
        } catch (JsonSyntaxException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        String written = JsonText.write(read);
        assertThat(JsonText.read(written)).isEqualTo(read);
        if (read instanceof JsonObject object && WholeText.isIn(object)) {
            assertThat(JsonUtil.parseJson(Seeds.text(bytes)).keySet())
                    .containsExactlyInAnyOrderElementsOf(object.members().keySet());
        }
    }
}
