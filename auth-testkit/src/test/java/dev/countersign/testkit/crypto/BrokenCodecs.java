package dev.countersign.testkit.crypto;

import com.google.common.base.Splitter;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.TokenCodec;
import dev.countersign.testkit.fixture.TokenForge;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Codecs with one fault each, around a sound one: what it refuses, they may accept. */
final class BrokenCodecs {

    private BrokenCodecs() {}

    /** A compact token that is taken apart, well-formed or not. */
    record Parts(String compact, JsonObject header, JsonObject body) {

        String signed() {
            return compact.substring(0, compact.lastIndexOf('.'));
        }

        byte[] signature() {
            return Base64.getUrlDecoder().decode(compact.substring(compact.lastIndexOf('.') + 1));
        }

        String algorithm() {
            return header.get("alg").flatMap(Json::asString).orElse("");
        }

        /** Signed by that forge, too. */
        boolean isOf(TokenForge forge) {
            List<String> parts = Splitter.on('.').splitToList(compact);
            return forge.signParts(parts.get(0), parts.get(1)).equals(compact);
        }
    }

    /** Accepts what is badly signed if the fault says so. */
    static TokenCodec accepting(TokenCodec sound, Predicate<Parts> fault) {
        return decoding(sound, sound::decode, fault);
    }

    private static TokenCodec decoding(
            TokenCodec sound, Function<AccessToken, Decoding> decoding, Predicate<Parts> fault) {
        return new Forwarding(sound) {
            @Override
            public Decoding decode(AccessToken token) {
                Decoding decoded = decoding.apply(token);
                if (decoded instanceof Decoding.Verified) {
                    return decoded;
                }
                try {
                    List<String> parts = Splitter.on('.').splitToList(token.revealCompact());
                    Parts read = new Parts(token.revealCompact(), object(parts.get(0)), object(parts.get(1)));
                    return parts.size() == 3 && fault.test(read)
                            ? new Decoding.Verified(new Claims(read.header(), read.body()))
                            : decoded;
                } catch (RuntimeException | JsonSyntaxException unreadable) {
                    return decoded;
                }
            }
        };
    }

    private static JsonObject object(String part) throws JsonSyntaxException {
        return (JsonObject) JsonText.read(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    /** The public key is a secret, too, in the form that the function gives it (CVE-2015-9235 and many after it). */
    static TokenCodec publicKeyIsSecret(TokenCodec sound, Function<PublicKey, byte[]> form) {
        byte[] secret = form.apply(publicKey(sound));
        return accepting(
                sound,
                parts -> parts.algorithm().equals("HS256") && parts.isOf(TokenForge.withSecret("HmacSHA256", secret)));
    }

    /** The same secret with another hash is as good. */
    static TokenCodec otherMac(TokenCodec sound, byte[] secret, String algorithm, String mac) {
        return accepting(
                sound, parts -> parts.algorithm().equals(algorithm) && parts.isOf(TokenForge.withSecret(mac, secret)));
    }

    /** Signatures may be made in that way, too. */
    static TokenCodec otherSignature(TokenCodec sound, PublicKey key, String algorithm) {
        return accepting(
                sound, parts -> parts.algorithm().equals(sound.algorithm()) && verifies(algorithm, key, parts));
    }

    private static boolean verifies(String algorithm, PublicKey key, Parts parts) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(key);
            signature.update(parts.signed().getBytes(StandardCharsets.US_ASCII));
            return signature.verify(parts.signature());
        } catch (GeneralSecurityException wrong) {
            return false;
        }
    }

    /** Signed with the secret that stands in the header. */
    static boolean isOfItsOwnKey(Parts parts) {
        return parts.header().get("jwk").orElse(null) instanceof JsonObject jwk
                && jwk.get("k").isPresent()
                && parts.isOf(TokenForge.withSecret(
                        "HmacSHA256",
                        Base64.getUrlDecoder()
                                .decode(jwk.get("k").flatMap(Json::asString).orElseThrow())));
    }

    static TokenCodec noneIsFine(TokenCodec sound) {
        return accepting(sound, parts -> parts.algorithm().equals("none"));
    }

    /** Reads over what a header makes critical. */
    static TokenCodec criticalIsIgnored(TokenCodec sound, TokenForge own) {
        return accepting(
                sound,
                parts -> parts.header().get("crit").isPresent()
                        && parts.algorithm().equals(sound.algorithm())
                        && parts.isOf(own));
    }

    /** Checks times, which are not its business. */
    static TokenCodec timesAreChecked(TokenCodec sound) {
        return new Forwarding(sound) {
            @Override
            public Decoding decode(AccessToken token) {
                Decoding decoded = super.decode(token);
                return decoded instanceof Decoding.Verified verified
                                && verified.claims().body().get("exp").isPresent()
                        ? new Decoding.Refused(TokenFlaw.BAD_SIGNATURE)
                        : decoded;
            }
        };
    }

    /** 3.0 and 3e0 are 3, and so is "3". */
    static TokenCodec numbersAreRounded(TokenCodec sound) {
        return new Forwarding(sound) {
            @Override
            public Decoding decode(AccessToken token) {
                Decoding decoded = super.decode(token);
                if (decoded instanceof Decoding.Verified verified
                        && verified.claims().body().get("sub").orElse(null) instanceof JsonNumber number
                        && number.asLong().isPresent()) {
                    JsonObject body = verified.claims()
                            .body()
                            .with("sub", JsonNumber.of(number.asLong().getAsLong()));
                    return new Decoding.Verified(new Claims(verified.claims().header(), body));
                }
                return decoded;
            }
        };
    }

    /** Numbers become texts. */
    static TokenCodec numbersAreTexts(TokenCodec sound) {
        return new Forwarding(sound) {
            @Override
            public Decoding decode(AccessToken token) {
                Decoding decoded = super.decode(token);
                if (decoded instanceof Decoding.Verified verified
                        && verified.claims().body().get("sub").orElse(null) instanceof JsonNumber number) {
                    JsonObject body = verified.claims().body().with("sub", new JsonString(number.toString()));
                    return new Decoding.Verified(new Claims(verified.claims().header(), body));
                }
                return decoded;
            }
        };
    }

    /** Tells of other keys each time that it is asked. */
    static TokenCodec keysNeverStay(TokenCodec sound) {
        return new Forwarding(sound) {
            @Override
            public Optional<Object> verifyingKeys() {
                return Optional.of(new Object());
            }
        };
    }

    static PublicKey publicKey(TokenCodec codec) {
        JsonObject jwk = codec.publicKeys().get(0);
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static PublicKey publicKey(byte[] der) {
        try {
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static BigInteger number(JsonObject jwk, String member) {
        return new BigInteger(
                1,
                Base64.getUrlDecoder()
                        .decode(jwk.get(member).flatMap(Json::asString).orElseThrow()));
    }

    /** Does what a sound codec does. */
    static class Forwarding implements TokenCodec {

        private final TokenCodec sound;

        Forwarding(TokenCodec sound) {
            this.sound = sound;
        }

        @Override
        public AccessToken encode(Claims claims) {
            return sound.encode(claims);
        }

        @Override
        public Decoding decode(AccessToken token) {
            return sound.decode(token);
        }

        @Override
        public String algorithm() {
            return sound.algorithm();
        }

        @Override
        public String keyId() {
            return sound.keyId();
        }

        @Override
        public Optional<Object> verifyingKeys() {
            return sound.verifyingKeys();
        }

        @Override
        public List<JsonObject> publicKeys() {
            return sound.publicKeys();
        }
    }
}
