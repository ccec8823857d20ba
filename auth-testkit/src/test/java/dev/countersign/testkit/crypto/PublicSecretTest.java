package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.io.BaseEncoding;
import com.google.common.io.Resources;
import dev.countersign.crypto.jjwt.KeyInput;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.testkit.fixture.MutableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Public keys that are given as shared secrets: with one of them everybody could sign tokens. */
class PublicSecretTest {

    private static final String SSH = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    @ParameterizedTest
    @ValueSource(strings = {"rsa-spki", "rsa-pkcs1-public", "rsa-certificate", "ec-prime256v1-spki", "ed25519-spki"})
    void a_public_key_is_no_secret_in_any_form(String file) throws IOException {
        String pem = text(file);
        String base64 = base64(pem);
        byte[] der = BaseEncoding.base64().decode(base64);
        for (byte[] secret : new byte[][] {
            der,
            bytes(pem),
            bytes(base64),
            bytes(base64.replace("=", "")),
            bytes(pem.substring(pem.indexOf('\n') + 1)),
            bytes(pem.substring(0, pem.indexOf("-----END"))),
            bytes(pem.replace("\n", "\\n")),
            bytes(BaseEncoding.base64().withSeparator("\r\n", 64).encode(der)),
            bytes(BaseEncoding.base64Url().omitPadding().encode(der)),
            bytes(BaseEncoding.base16().lowerCase().encode(der)),
            bytes(BaseEncoding.base64().encode(bytes(pem)))
        }) {
            assertRefused(secret);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh-ed25519 " + SSH + " me@host",
                "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY= x",
                "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t",
                "from=\"10.0.0.1\" ssh-ed25519 " + SSH,
                SSH,
                "---- BEGIN SSH2 PUBLIC KEY ----\n" + SSH + "\n---- END SSH2 PUBLIC KEY ----",
                "[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]",
                " {\"keys\":[{\"kty\":\"RSA\",\"n\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\",\"e\":\"AQAB\"}]}"
            })
    void an_ssh_key_and_a_jwk_are_no_secret(String text) {
        assertRefused(bytes(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-pkcs8", "rsa-pkcs1", "ec-prime256v1-sec1", "ec-prime256v1-pkcs8", "ed25519-pkcs8"})
    void a_private_key_is_no_secret_unless_the_encoding_says_so(String file) throws IOException {
        String pem = text(file).replaceAll("(?s).*-----END EC PARAMETERS-----\n", "");
        for (String text : new String[] {base64(pem), pem.substring(pem.indexOf('\n') + 1), "{\"a\":1}", "[1, 2]"}) {
            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> KeyInput.checkSecret(text))
                    .withMessageContaining("encoding");
        }
        assertThat(KeyMaterial.ofSecret(SigningAlgorithm.HS256, bytes(base64(pem)), MutableClock.START)
                        .canSign())
                .isTrue();
    }

    @Test
    void random_secrets_are_taken_in_every_form() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] secret = new byte[32 + i % 65];
            random.nextBytes(secret);
            KeyInput.checkSecret(BaseEncoding.base64().encode(secret));
            KeyInput.checkSecret(BaseEncoding.base64Url().omitPadding().encode(secret));
            KeyInput.checkSecret(BaseEncoding.base16().lowerCase().encode(secret));
            KeyMaterial.ofSecret(SigningAlgorithm.HS256, secret, MutableClock.START);
        }
        KeyInput.checkSecret("my-ssh-secret of the old shop -- do not tell");
    }

    private static void assertRefused(byte[] secret) {
        assertThatIllegalArgumentException()
                .as(new String(secret, StandardCharsets.UTF_8))
                .isThrownBy(() -> KeyMaterial.ofSecret(SigningAlgorithm.HS256, secret, MutableClock.START))
                .withMessageContaining("the secret looks like ");
    }

    private static String base64(String pem) {
        return pem.replaceAll("-----[^\n]*\n", "").replaceAll("\\s", "");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(String file) throws IOException {
        return Resources.toString(
                Resources.getResource("dev/countersign/testkit/crypto/pem/" + file + ".pem"),
                StandardCharsets.US_ASCII);
    }
}
