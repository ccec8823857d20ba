package dev.countersign.testkit.contract;

import com.google.common.primitives.Bytes;
import dev.countersign.json.Json;
import dev.countersign.port.TokenCodec;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;

/** The changes of signatures that attacks ask for by name. */
final class SignatureChange {

    /** The order of the group of P-256 (FIPS 186-4 D.1.2.3). */
    private static final BigInteger P_256 =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    /** The order of the group of P-384 (FIPS 186-4 D.1.2.4). */
    private static final BigInteger P_384 = new BigInteger(
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16);

    /** The order of the group of Ed25519 (RFC 8032 §5.1). */
    private static final BigInteger ED25519 =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private SignatureChange() {}

    /**
     * Changes a signature.
     *
     * @param change the name of the change
     * @param codec the codec whose algorithm and public key it is about
     * @param base64url the right signature
     */
    static String of(String change, TokenCodec codec, String base64url) {
        byte[] right = Base64.getUrlDecoder().decode(base64url);
        int half = right.length / 2;
        byte[] changed = switch (change) {
            case "empty" -> new byte[0];
            case "1 zero" -> new byte[1];
            case "zeros" -> new byte[right.length];
            case "zeros, 1 less" -> new byte[right.length - 1];
            case "zeros, 1 more" -> new byte[right.length + 1];
            case "zeros, twice" -> new byte[2 * right.length];
            case "ones" -> filled(right.length, (byte) 0xff);
            case "first byte" -> Arrays.copyOf(right, 1);
            case "first half" -> Arrays.copyOf(right, half);
            case "second half" -> Arrays.copyOfRange(right, half, right.length);
            case "without last byte" -> Arrays.copyOf(right, right.length - 1);
            case "zero appended" -> Arrays.copyOf(right, right.length + 1);
            case "zero prepended" -> Bytes.concat(new byte[1], right);
            case "twice" -> Bytes.concat(right, right);
            case "reversed" -> reversed(right);
            case "bit flipped" -> flipped(right);
            case "halves swapped" ->
                Bytes.concat(Arrays.copyOfRange(right, half, right.length), Arrays.copyOf(right, half));
            case "r is 0" -> Bytes.concat(new byte[half], Arrays.copyOfRange(right, half, right.length));
            case "s is 0" -> Bytes.concat(Arrays.copyOf(right, half), new byte[half]);
            case "r and s are 1" -> Bytes.concat(bytes(BigInteger.ONE, half), bytes(BigInteger.ONE, half));
            case "r and s are the order" -> Bytes.concat(bytes(order(codec), half), bytes(order(codec), half));
            case "longer halves" ->
                Bytes.concat(
                        new byte[1],
                        Arrays.copyOf(right, half),
                        new byte[1],
                        Arrays.copyOfRange(right, half, right.length));
            case "s plus the order" -> edwards(right, half);
            case "plus the modulus" -> bytes(new BigInteger(1, right).add(modulus(codec)), right.length + 1);
            case "the modulus less 1" -> bytes(modulus(codec).subtract(BigInteger.ONE), right.length);
            default -> throw new IllegalArgumentException("no signature is changed like this: " + change);
        };
        return Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
    }

    private static byte[] filled(int length, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }

    private static byte[] flipped(byte[] right) {
        byte[] flipped = right.clone();
        flipped[0] ^= 1;
        return flipped;
    }

    private static byte[] reversed(byte[] right) {
        byte[] reversed = right.clone();
        Collections.reverse(Bytes.asList(reversed));
        return reversed;
    }

    private static BigInteger order(TokenCodec codec) {
        return codec.algorithm().equals("ES384") ? P_384 : P_256;
    }

    private static BigInteger modulus(TokenCodec codec) {
        return new BigInteger(
                1,
                Base64.getUrlDecoder()
                        .decode(codec.publicKeys()
                                .get(0)
                                .get("n")
                                .flatMap(Json::asString)
                                .orElseThrow()));
    }

    /** S is little-endian (RFC 8032 §5.1.6). */
    private static byte[] edwards(byte[] right, int half) {
        byte[] s = reversed(Arrays.copyOfRange(right, half, right.length));
        return Bytes.concat(Arrays.copyOf(right, half), reversed(bytes(new BigInteger(1, s).add(ED25519), half)));
    }

    private static byte[] bytes(BigInteger value, int length) {
        byte[] all = value.toByteArray();
        byte[] bytes = new byte[length];
        int count = Math.min(all.length, length);
        System.arraycopy(all, all.length - count, bytes, length - count, count);
        return bytes;
    }
}
