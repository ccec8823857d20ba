package dev.countersign.crypto.jjwt;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes public keys that are given as shared secrets. Everybody knows a public key, so everybody could sign with it (RFC 8725 §2.1). Works
 * without a library, because those that read keys are optional.
 */
final class SecretForm {

    /** What a text looks like. */
    enum Look {
        SSH(
                "an SSH public key: convert it with ssh-keygen -e -m PKCS8 -f FILE, and give the result in the encoding pem"),
        PUBLIC("a public key or certificate in DER without the PEM lines: give it in the encoding pem, with"
                + " -----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE----- before it and the END line after it"),
        PUBLIC_PEM("a public key or certificate in PEM: give it complete, in the encoding pem"),
        JWK("a JWK or JWK Set: give the JSON object in the encoding json"),
        PRIVATE(
                "a private key in DER without the PEM lines: give it in the encoding pem, with -----BEGIN PRIVATE KEY-----"
                        + " before it and the END line after it"),
        PEM("PEM that is not complete: give all its lines, in the encoding pem");

        private final String advice;

        Look(String advice) {
            this.advice = advice;
        }

        IllegalArgumentException refusal() {
            return new IllegalArgumentException("the secret looks like " + advice);
        }

        boolean isPrivate() {
            return this == PRIVATE || this == PEM;
        }
    }

    private static final Pattern SSH_NAME = Pattern.compile("(?s)(ssh-|ecdsa-|sk-ssh|sk-ecdsa|---- BEGIN SSH2).*");
    private static final Pattern SSH_LINE = Pattern.compile("(?s).*\\s(ssh-|ecdsa-sha2-|sk-)\\S+\\s+AAAA.*");
    private static final Pattern PUBLIC_LINES =
            Pattern.compile("(?s).*-----(BEGIN|END) ([A-Z0-9]+ )*(PUBLIC KEY|CERTIFICATE)-----.*");
    private static final Pattern JWK = Pattern.compile("(?s)[\\[{].*\"(kty|keys)\".*");
    private static final Pattern LINE_BREAKS = Pattern.compile("\\\\[nr]");
    private static final CharMatcher NO_BASE64 = CharMatcher.whitespace().or(CharMatcher.anyOf("\"'=\uFEFF"));

    private static final int INTEGER = 2;
    private static final int BIT_STRING = 3;
    private static final int OCTET_STRING = 4;
    private static final int SEQUENCE = 0x30;

    private SecretForm() {}

    /** Refuses a public key, in each form in which one is passed on. */
    static void refusePublic(byte[] secret) {
        look(secret).filter(look -> !look.isPrivate()).ifPresent(look -> {
            throw look.refusal();
        });
    }

    /** Refuses each text that looks like a key or like JSON, for a text of which nobody said that it is a secret. */
    static void refuseKeys(String text) {
        look(text.getBytes(StandardCharsets.UTF_8)).ifPresent(look -> {
            throw look.refusal();
        });
        String start = clean(text);
        if (start.startsWith("{") || start.startsWith("[")) {
            throw new IllegalArgumentException(
                    "the secret looks like JSON, but is no JWK and no JWK Set: give one of them, or the"
                            + " encoding text if the characters are the secret");
        }
    }

    private static Optional<Look> look(byte[] secret) {
        Optional<Look> plain = binary(secret).or(() -> text(secret));
        if (plain.isPresent()) {
            return plain;
        }
        String dense = NO_BASE64.removeFrom(
                LINE_BREAKS.matcher(new String(secret, StandardCharsets.UTF_8)).replaceAll(""));
        for (BaseEncoding encoding : ImmutableList.of(
                BaseEncoding.base16().ignoreCase(),
                BaseEncoding.base64().omitPadding(),
                BaseEncoding.base64Url().omitPadding())) {
            if (!dense.isEmpty() && encoding.canDecode(dense)) {
                byte[] decoded = encoding.decode(dense);
                Optional<Look> look = binary(decoded).or(() -> text(decoded));
                if (look.isPresent()) {
                    return look;
                }
            }
        }
        return Optional.empty();
    }

    private static String clean(String text) {
        return CharMatcher.whitespace().or(CharMatcher.is('\uFEFF')).trimFrom(text);
    }

    private static Optional<Look> text(byte[] bytes) {
        String text = clean(new String(bytes, StandardCharsets.UTF_8));
        if (SSH_NAME.matcher(text).matches() || SSH_LINE.matcher(text).matches()) {
            return Optional.of(Look.SSH);
        }
        if (PUBLIC_LINES.matcher(text).matches()) {
            return Optional.of(Look.PUBLIC_PEM);
        }
        if (JWK.matcher(text).matches()) {
            return Optional.of(Look.JWK);
        }
        return text.contains("-----") ? Optional.of(Look.PEM) : Optional.empty();
    }

    private static Optional<Look> binary(byte[] bytes) {
        if (isSshBlob(bytes)) {
            return Optional.of(Look.SSH);
        }
        int[] tags = elements(bytes);
        if (tags == null || tags.length < 2) {
            return Optional.empty();
        }
        int last = tags[tags.length - 1];
        boolean spki = tags[0] == SEQUENCE && last == BIT_STRING;
        boolean rsa = tags.length == 2 && tags[0] == INTEGER && last == INTEGER;
        if (spki || rsa) {
            return Optional.of(Look.PUBLIC);
        }
        boolean encrypted = tags[0] == SEQUENCE && tags[1] == OCTET_STRING;
        return tags[0] == INTEGER || encrypted ? Optional.of(Look.PRIVATE) : Optional.empty();
    }

    /** RFC 4253 §6.6: a length of four bytes, then a name. */
    private static boolean isSshBlob(byte[] bytes) {
        return bytes.length > 8
                && bytes[0] == 0
                && bytes[1] == 0
                && bytes[2] == 0
                && SSH_NAME.matcher(new String(bytes, 4, bytes.length - 4, StandardCharsets.ISO_8859_1))
                        .matches();
    }

    /** The tags of the elements of a DER sequence (X.690) that fills the bytes exactly; null for anything else. Random bytes are hardly ever one. */
    private static int @Nullable [] elements(byte[] der) {
        if (der.length == 0 || (der[0] & 0xFF) != SEQUENCE) {
            return null;
        }
        int at = content(der, 0);
        if (at < 0 || end(der, 0) != der.length) {
            return null;
        }
        ImmutableList.Builder<Integer> tags = ImmutableList.builder();
        while (at < der.length) {
            tags.add(der[at] & 0xFF);
            at = end(der, at);
            if (at < 0) {
                return null;
            }
        }
        return tags.build().stream().mapToInt(Integer::intValue).toArray();
    }

    /** Where the content of the element begins; negative if it is damaged. */
    private static int content(byte[] der, int at) {
        if (at + 1 >= der.length) {
            return -1;
        }
        int first = der[at + 1] & 0xFF;
        int more = first < 0x80 ? 0 : first - 0x80;
        return more > 3 || first == 0x80 || at + 2 + more > der.length ? -1 : at + 2 + more;
    }

    /** Where the element ends; negative if it is damaged or longer than the bytes. */
    private static int end(byte[] der, int at) {
        int content = content(der, at);
        if (content < 0) {
            return -1;
        }
        int length = 0;
        if (content == at + 2) {
            length = der[at + 1];
        }
        for (int i = at + 2; i < content; i++) {
            length = (length << 8) | (der[i] & 0xFF);
        }
        return length > der.length - content ? -1 : content + length;
    }
}
