package dev.countersign.testkit.crypto;

import com.google.common.base.Splitter;
import dev.countersign.port.TokenCodec;
import dev.countersign.testkit.fixture.TokenForge;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Decoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterOutputStream;

/** Codecs around a sound one that forgive one kind of mistake: they mend the token, and accept it if it was signed as it came. */
final class LenientCodecs {

    private static final Pattern ALG = Pattern.compile("\"alg\" *: *\"([^\"]*)\"");

    private LenientCodecs() {}

    /** A token in three parts. */
    record Parts(String header, String payload, String signature) {

        Parts each(UnaryOperator<String> mend) {
            return new Parts(mend.apply(header), mend.apply(payload), mend.apply(signature));
        }

        /** Mends the text of the payload. */
        Parts withPayload(UnaryOperator<String> mend) {
            return new Parts(header, encoded(mend.apply(decoded(payload))), signature);
        }

        /** Mends the text of the header. */
        Parts withHeader(UnaryOperator<String> mend) {
            return new Parts(encoded(mend.apply(decoded(header))), payload, signature);
        }
    }

    static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Mends the parts of a token that was signed with the key as it came. */
    static UnaryOperator<TokenCodec> parts(TokenForge own, UnaryOperator<Parts> mend) {
        return token(own, UnaryOperator.identity(), mend, String::equals);
    }

    /** Mends the whole text of a token. */
    static UnaryOperator<TokenCodec> token(TokenForge own, UnaryOperator<String> mend) {
        return token(own, mend, UnaryOperator.identity(), String::equals);
    }

    /** Compares signatures in another way: the right one with the one that came. */
    static UnaryOperator<TokenCodec> signature(TokenForge own, BiPredicate<String, String> sameAs) {
        return token(own, UnaryOperator.identity(), UnaryOperator.identity(), sameAs);
    }

    private static UnaryOperator<TokenCodec> token(
            TokenForge own,
            UnaryOperator<String> whole,
            UnaryOperator<Parts> mend,
            BiPredicate<String, String> sameSignature) {
        return sound -> new BrokenCodecs.Forwarding(sound) {
            @Override
            public Decoding decode(AccessToken token) {
                Decoding decoded = super.decode(token);
                List<String> parts = Splitter.on('.').splitToList(whole.apply(token.revealCompact()));
                if (decoded instanceof Decoding.Verified || parts.size() != 3) {
                    return decoded;
                }
                try {
                    Parts mended = mend.apply(new Parts(parts.get(0), parts.get(1), parts.get(2)));
                    String right = own.signParts(parts.get(0), parts.get(1));
                    return sameSignature.test(right.substring(right.lastIndexOf('.') + 1), mended.signature())
                            ? super.decode(AccessToken.of(own.signParts(mended.header(), mended.payload())))
                            : decoded;
                } catch (IllegalArgumentException unreadable) {
                    return decoded;
                }
            }
        };
    }

    /** Skips what is not of the alphabet, as MIME does. */
    static String skipping(String part) {
        return part.replaceAll("[^A-Za-z0-9_-]", "");
    }

    /** Ignores unused bits. */
    static String withoutUnusedBits(String part) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Base64.getUrlDecoder().decode(part));
    }

    /** Mends the name of the algorithm. */
    static String algorithm(String header, UnaryOperator<String> mend) {
        return ALG.matcher(header)
                .replaceAll((MatchResult found) ->
                        Matcher.quoteReplacement("\"alg\":\"" + mend.apply(found.group(1)) + "\""));
    }

    /** Inflates the payload that a header calls compressed. */
    static Parts inflated(Parts parts) {
        if (!decoded(parts.header()).contains("\"zip\":\"DEF\"")) {
            return parts;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (InflaterOutputStream inflater = new InflaterOutputStream(text, new Inflater(true))) {
            inflater.write(Base64.getUrlDecoder().decode(parts.payload()));
        } catch (IOException notDeflated) {
            return parts;
        }
        return new Parts(encoded("{\"alg\":\"HS256\"}"), encoded("{}"), parts.signature());
    }

    /** Fetches the key whose address the header names. */
    static TokenCodec fetching(TokenCodec sound) {
        return new BrokenCodecs.Forwarding(sound) {
            @Override
            public Decoding decode(AccessToken token) {
                String header = decoded(
                        Splitter.on('.').splitToList(token.revealCompact()).get(0));
                Matcher address = Pattern.compile("\"jku\":\"([^\"]+)\"").matcher(header);
                if (address.find()) {
                    URI uri = URI.create(address.group(1));
                    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                        socket.getOutputStream().write('\n');
                    } catch (IOException unreachable) {
                        throw new UncheckedIOException(unreachable);
                    }
                }
                return super.decode(token);
            }
        };
    }
}
