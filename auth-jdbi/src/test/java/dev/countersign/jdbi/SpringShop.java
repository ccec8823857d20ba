package dev.countersign.jdbi;

import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.Auth;
import dev.countersign.AuthBuilder;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.password.RawPassword;
import dev.countersign.template.Template;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.token.AccessToken;
import dev.countersign.token.SubjectClaim;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application that leaves its transactions to Spring, with users and customers. */
final class SpringShop implements AutoCloseable {

    static final String PASSWORD = "seven blue lanterns";
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final HikariDataSource pool = new HikariDataSource();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final JdbcTransactionManager manager;
    private final JdbiAuthStores stores;
    private final Auth auth;
    private final JdbcTemplate jdbc;

    SpringShop(Vendor vendor, Path folder) {
        if (vendor == Vendor.SQLITE) {
            pool.setJdbcUrl(SqliteUrl.of(folder.resolve("auth.db")));
        } else {
            pool.setDataSource(Postgres.freshDatabase());
        }
        manager = new JdbcTransactionManager(pool);
        jdbc = new JdbcTemplate(pool);
        // snippet: spring
        JdbiAuthStores stores = JdbiAuthStores.over(new TransactionAwareDataSourceProxy(pool))
                .joining(TransactionSynchronizationManager::isActualTransactionActive);
        // end
        this.stores = stores;
        stores.migrate();
        jdbc.execute("CREATE TABLE customer (user_id BIGINT NOT NULL REFERENCES auth_users (id), name TEXT NOT NULL)");
        auth = builder().build();
        context.register(Configuration.class);
        context.registerBean(JdbcTransactionManager.class, () -> manager);
        context.registerBean(Services.class, TransactionalServices::new);
        context.refresh();
    }

    AuthBuilder builder() {
        SecureRandom random = new SecureRandom();
        KeyMaterial key = KeyMaterial.generate(SigningAlgorithm.HS256, NOW, random);
        return Auth.builder()
                .users(stores.users())
                .hasher(PlainPasswordHasher.keepingPasswordsInTheClear())
                .tokens(
                        profile(),
                        new JjwtTokenCodec(KeyRing.signingWith(key), random),
                        new PasswordPolicy(8, 64, "password1"::equals))
                .clock(() -> NOW)
                .random(random);
    }

    private static TokenProfile profile() {
        return TokenProfile.builder(
                        Template.of(JsonObject.of(Map.of("alg", new JsonString("HS256")))),
                        Template.of(JsonObject.of(Map.of(
                                "sub", new JsonString("${user.id}"),
                                "iat", new JsonString("${token.issued_at | epoch-seconds}"),
                                "exp", new JsonString("${token.expires_at | epoch-seconds}")))),
                        Duration.ofHours(1))
                .subject(new SubjectClaim(JsonPointer.parse("/sub"), SubjectClaim.Names.ID, false))
                .build();
    }

    /** What a Spring application calls its services by. */
    interface Services {

        void signUp(String email, @Nullable String name);
    }

    private final class TransactionalServices implements Services {

        // snippet: service
        @Override
        @Transactional
        public void signUp(String email, @Nullable String name) {
            if (auth.register(registration(email)) instanceof RegisterUser.Outcome.Registered registered) {
                UserId id = registered.user().id();
                jdbc.update("INSERT INTO customer (user_id, name) VALUES (?, ?)", id.value(), name);
            }
        }
        // end
    }

    Services services() {
        return context.getBean(Services.class);
    }

    @EnableTransactionManagement
    static final class Configuration {}

    void transaction(Runnable work) {
        new TransactionTemplate(manager).executeWithoutResult(status -> work.run());
    }

    void transaction(int propagation, Runnable work) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        template.executeWithoutResult(status -> work.run());
    }

    void transactionOnASnapshot(Runnable work) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        template.executeWithoutResult(status -> work.run());
    }

    HikariDataSource pool() {
        return pool;
    }

    JdbiAuthStores stores() {
        return stores;
    }

    Auth auth() {
        return auth;
    }

    static Registration registration(String email) {
        return Registration.ofEmail(email, RawPassword.of(PASSWORD));
    }

    RegisterUser.Outcome tryToRegister(String email) {
        return auth.register(registration(email));
    }

    User register(String email) {
        return ((RegisterUser.Outcome.Registered) tryToRegister(email)).user();
    }

    UpdateUser.Outcome changePassword(User user, String password) {
        return auth.update(user.id(), UserChange.ofPasswordWithoutCurrent(RawPassword.of(password)));
    }

    LogIn.Outcome logIn(String email, String password) {
        return auth.logIn(new LogIn.Attempt(IdentifierKind.EMAIL, email, RawPassword.of(password)));
    }

    AccessToken token(String email, String password) {
        return ((LogIn.Outcome.LoggedIn) logIn(email, password)).token().token();
    }

    boolean holds(AccessToken token) {
        return auth.authenticate(token) instanceof AuthenticateRequest.Outcome.Authenticated;
    }

    List<String> emails() {
        return stores.users().page(null, 10).stream()
                .map(user -> String.valueOf(user.email()))
                .toList();
    }

    int customers() {
        Integer count = jdbc.queryForObject("SELECT count(*) FROM customer", Integer.class);
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        context.close();
        pool.close();
    }
}
