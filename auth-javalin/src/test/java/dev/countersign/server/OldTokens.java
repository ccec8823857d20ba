package dev.countersign.server;

import com.google.common.base.Splitter;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tokens of a server that is being replaced. */
public final class OldTokens {

    private static final Path DEVISE = Path.of("src/test/resources/dev/countersign/server/transfer/devise-tokens.tsv");

    private final Map<String, String> lines = new HashMap<>();

    private OldTokens() {}

    /** {@return tokens that Ruby made as devise-jwt does} */
    public static OldTokens ofDevise() {
        OldTokens tokens = new OldTokens();
        try {
            for (String line : Files.readAllLines(DEVISE)) {
                if (!line.startsWith("#")) {
                    List<String> cells = Splitter.on('\t').splitToList(line);
                    tokens.lines.put(cells.get(0), cells.get(1));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return tokens;
    }

    /** {@return the secret they are signed with} */
    public String secret() {
        return token("secret");
    }

    /** {@return the token of a user by the number there} */
    public String of(long number) {
        return token(Long.toString(number));
    }

    private String token(String name) {
        String token = lines.get(name);
        if (token == null) {
            throw new IllegalArgumentException("there is no token of " + name);
        }
        return token;
    }

    /** {@return a token with another subject, issued then, signed with the same secret by another library} */
    String naming(String claim, String subject, Instant issuedAt) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .claim(claim, subject)
                .issueTime(Date.from(issuedAt))
                .expirationTime(Date.from(issuedAt.plusSeconds(86_400)))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).build(), claims);
        try {
            token.sign(new MACSigner(secret()));
        } catch (JOSEException unsigned) {
            throw new IllegalStateException(unsigned);
        }
        return token.serialize();
    }
}
