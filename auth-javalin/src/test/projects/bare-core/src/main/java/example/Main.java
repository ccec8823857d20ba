package example;

import dev.countersign.usecase.Registration;
import dev.countersign.Auth;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.password.DecoyKey;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.DecoyMix;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.user.IdentifierKind;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Registers, logs in and authenticates a user, and prints {@code ok}. */
public final class Main {

    private static final String EMAIL = "me@example.com";

    private Main() {}

    public static void main(String[] arguments) {
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        byte[] key = new byte[32];
        random.nextBytes(key);
        PasswordHasher hasher = new MigratingPasswordHasher(new OwnHasher(random), List.of());
        DecoyMix decoys = DecoyMix.of(most -> Map.of(), hasher, DecoyKey.of(key), clock, Runnable::run);
        decoys.refresh();
        Auth auth = Auth.builder()
                .users(new OwnStore())
                .hasher(hasher)
                .decoys(decoys)
                .dialect(ShippedDialects.dialect("smarterselect"), new OwnCodec(key), Set.of("12345678")::contains)
                .clock(clock)
                .random(random)
                .build();
        try (RawPassword password = RawPassword.of("seven blue lanterns");
                RawPassword wrong = RawPassword.of("seven red lanterns")) {
            expect(
                    RegisterUser.Outcome.Registered.class,
                    auth.register(
                            Registration.builder(password).email(EMAIL).build()));
            expect(LogIn.Outcome.Refused.class, logIn(auth, EMAIL, wrong));
            expect(LogIn.Outcome.Refused.class, logIn(auth, "nobody@example.com", password));
            LogIn.Outcome.LoggedIn in = expect(LogIn.Outcome.LoggedIn.class, logIn(auth, EMAIL, password));
            AuthenticateRequest.Outcome.Authenticated by = expect(
                    AuthenticateRequest.Outcome.Authenticated.class,
                    auth.authenticate(in.token().token()));
            if (!by.user().equals(in.user())) {
                throw new IllegalStateException("another user");
            }
        }
        System.out.println("ok");
    }

    private static LogIn.Outcome logIn(Auth auth, String email, RawPassword password) {
        return auth.logIn(new LogIn.Attempt(IdentifierKind.EMAIL, email, password));
    }

    private static <T> T expect(Class<T> expected, Object outcome) {
        if (!expected.isInstance(outcome)) {
            throw new IllegalStateException("not " + expected.getSimpleName() + " but " + outcome);
        }
        return expected.cast(outcome);
    }
}
