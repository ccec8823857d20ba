package peer;

import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LoginController {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final AuthenticationManager authentication;
    private final JwtEncoder encoder;
    private final Users users;

    LoginController(AuthenticationManager authentication, JwtEncoder encoder, Users users) {
        this.authentication = authentication;
        this.encoder = encoder;
        this.users = users;
    }

    @PostMapping("/login")
    Token login(@RequestBody Credentials credentials) {
        Authentication login = authentication.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(
                credentials.email(), credentials.password()));
        User user = (User) login.getPrincipal();
        Instant now = Instant.now();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .subject(Long.toString(user.id()))
                .issuedAt(now)
                .expiresAt(now.plus(LIFETIME))
                .build();
        return new Token(encoder.encode(JwtEncoderParameters.from(claims)).getTokenValue());
    }

    @GetMapping("/me")
    ResponseEntity<Me> me(@AuthenticationPrincipal Jwt token) {
        return users.findById(Long.parseLong(token.getSubject()))
                .map(user -> ResponseEntity.ok(new Me(user.id(), user.email(), user.name())))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.UNAUTHORIZED).build());
    }

    @GetMapping("/guarded")
    Guarded guarded() {
        return new Guarded(true);
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.UNAUTHORIZED)
    Message refused(AuthenticationException exception) {
        return new Message("Wrong e-mail or password");
    }

    record Credentials(String email, String password) {}

    record Token(String token) {}

    record Me(long id, String email, String name) {}

    record Guarded(boolean ok) {}

    record Message(String message) {}
}
