package dev.countersign.crypto.jjwt;

import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonText;
import io.jsonwebtoken.io.AbstractSerializer;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes a header exactly as given: jjwt would reorder its members. */
final class HeaderSerializer extends AbstractSerializer<Map<String, ?>> {

    private final JsonObject header;

    HeaderSerializer(JsonObject header) {
        this.header = header;
    }

    @Override
    protected void doSerialize(Map<String, ?> ignored, OutputStream out) throws Exception {
        out.write(JsonText.write(header).getBytes(StandardCharsets.UTF_8));
    }
}
