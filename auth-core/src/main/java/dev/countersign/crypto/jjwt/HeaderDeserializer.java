package dev.countersign.crypto.jjwt;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.CharStreams;
import dev.countersign.json.text.JsonText;
import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.io.DeserializationException;
import java.io.Reader;
import java.util.Map;

/**
 * Passes only the header's algorithm to jjwt. The content type keeps jjwt from parsing the claims: it returns them as bytes, and neither checks their
 * times nor fails on their types.
 */
final class HeaderDeserializer extends AbstractDeserializer<Map<String, ?>> {

    @Override
    protected Map<String, ?> doDeserialize(Reader reader) throws Exception {
        JoseHeader header = JoseHeader.of(JsonText.read(CharStreams.toString(reader)))
                .orElseThrow(() -> new DeserializationException("the header is refused"));
        return ImmutableMap.of("alg", header.algorithm(), "cty", "bytes");
    }
}
