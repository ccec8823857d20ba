package com.example;

import dev.countersign.Auth;
import dev.countersign.AuthBuilder;
import dev.countersign.api.LoginApi;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.crypto.zxcvbn.CommonPasswords;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.port.UnitOfWork;
import dev.countersign.servlet.GuardFilter;
import dev.countersign.servlet.LoginFilter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Who may log in, and how. */
@Configuration
class Accounts {

    private final SecureRandom random = new SecureRandom();

    private AuthBuilder builder() {
        Dialect dialect = ShippedDialects.dialect("realworld").withoutSessions();
        InstantSource clock = InstantSource.system();
        SigningAlgorithm algorithm =
                SigningAlgorithm.named(dialect.token().algorithm()).orElseThrow();
        KeyRing keys = KeyRing.signingWith(KeyMaterial.generate(algorithm, clock.instant(), random));
        return Auth.builder()
                .hasher(new BcryptPasswordHasher(BcryptPasswordHasher.LOWEST_COST, random))
                .dialect(dialect, new JjwtTokenCodec(keys, random), new CommonPasswords())
                .clock(clock)
                .random(random);
    }

    @Bean
    LoginApi loginApi(DataSource pool, UnitOfWork transactions, JdbcTemplate jdbc) {
        // snippet: api
        JdbiAuthStores stores = JdbiAuthStores.over(new TransactionAwareDataSourceProxy(pool))
                .joining(TransactionSynchronizationManager::isActualTransactionActive);
        stores.migrate();
        String insert = "INSERT INTO customer (user_id) VALUES (?)";
        Auth auth = builder()
                .users(stores.users())
                .onRegistration(transactions, user -> jdbc.update(insert, user.id().value()))
                .build();
        // end
        return LoginApi.of(auth);
    }

    // snippet: filters
    @Bean
    FilterRegistrationBean<LoginFilter> logins(LoginApi api, ThreadPoolTaskExecutor hashing) {
        LoginFilter filter = LoginFilter.of(api).hashingOn(hashing).withBodyTimeout(Duration.ofSeconds(2));
        FilterRegistrationBean<LoginFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<GuardFilter> orders(LoginApi api) {
        FilterRegistrationBean<GuardFilter> registration = new FilterRegistrationBean<>(GuardFilter.of(api));
        registration.addUrlPatterns("/orders/*");
        return registration;
    }

    @Bean
    ThreadPoolTaskExecutor hashing() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setThreadNamePrefix("hashing-");
        executor.setCorePoolSize(Runtime.getRuntime().availableProcessors());
        executor.setMaxPoolSize(Runtime.getRuntime().availableProcessors());
        executor.setQueueCapacity(40);
        return executor;
    }
    // end
}
