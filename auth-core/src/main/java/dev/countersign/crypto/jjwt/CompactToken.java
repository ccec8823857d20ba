package dev.countersign.crypto.jjwt;

import com.google.common.base.Splitter;
import com.google.common.io.BaseEncoding;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.TokenCodec;
import java.util.List;
import java.util.Optional;

/** Checks the compact serialization of a token (RFC 7515 §7.1) before any signature is verified. */
final class CompactToken {

    private static final BaseEncoding BASE64URL = BaseEncoding.base64Url().omitPadding();
    private static final int PARTS = 3;

    private CompactToken() {}

    /**
     * Parses the header of a token.
     *
     * @param compact any text
     * @return the header; empty if the text is not a signed token, or has a header that is never accepted
     */
    static Optional<JoseHeader> header(String compact) {
        if (compact.length() > TokenCodec.MAX_LENGTH) {
            return Optional.empty();
        }
        List<String> parts = Splitter.on('.').limit(PARTS + 1).splitToList(compact);
        if (parts.size() != PARTS || !parts.stream().allMatch(CompactToken::isCanonical)) {
            return Optional.empty();
        }
        try {
            return JoseHeader.of(JsonText.read(BASE64URL.decode(parts.get(0))));
        } catch (JsonSyntaxException notJson) {
            return Optional.empty();
        }
    }

    /** Accepts one spelling per token only: no padding, no other alphabet, no stray bits at the end. */
    private static boolean isCanonical(String part) {
        return !part.isEmpty()
                && BASE64URL.canDecode(part)
                && BASE64URL.encode(BASE64URL.decode(part)).equals(part);
    }
}
