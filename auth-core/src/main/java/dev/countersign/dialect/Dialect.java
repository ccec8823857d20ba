package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.session.RefreshRules;
import dev.countersign.template.Template;
import dev.countersign.token.Revocation;
import dev.countersign.token.TokenProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wire contract of a login API: everything a client can see, as data.
 *
 * @param name the name used in commands and configuration
 * @param title a one-line description
 * @param mountedByDefault whether the server mounts it when no dialects are configured
 * @param token the form of its tokens
 * @param refresh the rules of its refresh tokens; empty for none
 * @param transport where requests carry the token
 * @param endpoints the operations with their routes
 * @param authenticatedHeaders headers of every answer to a request with a valid token
 * @param passwords the rules for new passwords
 * @param fieldErrors how flawed fields are reported
 * @param errors the answers by reason
 * @param variants alternative error catalogues, selected by a request header
 */
public record Dialect(
        String name,
        String title,
        boolean mountedByDefault,
        TokenProfile token,
        Optional<RefreshRules> refresh,
        TokenTransport transport,
        List<Endpoint> endpoints,
        Map<String, Template> authenticatedHeaders,
        PasswordLimits passwords,
        FieldErrors fieldErrors,
        ErrorCatalogue errors,
        List<ErrorVariant> variants) {

    /** Rejects null components. */
    public Dialect {
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(token, "token");
        requireNonNull(refresh, "refresh");
        requireNonNull(transport, "transport");
        requireNonNull(endpoints, "endpoints");
        endpoints = ImmutableList.copyOf(endpoints);
        requireNonNull(authenticatedHeaders, "authenticatedHeaders");
        authenticatedHeaders = ImmutableMap.copyOf(authenticatedHeaders);
        requireNonNull(passwords, "passwords");
        requireNonNull(fieldErrors, "fieldErrors");
        requireNonNull(errors, "errors");
        requireNonNull(variants, "variants");
        variants = ImmutableList.copyOf(variants);
    }

    /** {@return this contract without tokens in the query, which end up in logs and browser histories} */
    public Dialect withoutQueryTokens() {
        return with(
                token,
                refresh,
                transport.withoutQuery(),
                endpoints.stream().map(Endpoint::withoutQueryTokens).toList());
    }

    /** {@return this contract without registration where the dialect leaves it to a configuration to open it} */
    public Dialect withoutUnopenedRegistration() {
        return with(
                token,
                refresh,
                transport,
                endpoints.stream()
                        .filter(endpoint -> !(endpoint.rule() instanceof OperationRule.OpenedByConfiguration))
                        .toList());
    }

    /** {@return this contract without its operations that register users; their routes do not exist then} */
    public Dialect withoutRegistration() {
        return with(
                token,
                refresh,
                transport,
                endpoints.stream()
                        .filter(endpoint -> endpoint.operation() != Operation.REGISTER)
                        .toList());
    }

    /**
     * This contract with another difference of clocks that is accepted when the times of its tokens are checked.
     *
     * @param skew 0 to 60 seconds
     * @return the contract
     * @throws IllegalArgumentException if the skew is out of range
     */
    public Dialect withSkew(Duration skew) {
        return with(token.withSkew(requireNonNull(skew, "skew")), refresh, transport, endpoints);
    }

    /** {@return whether it works only over an {@code Auth} with stored sessions} */
    public boolean needsSessions() {
        return refresh.isPresent()
                || token.isRandom()
                || token.revocation() == Revocation.OTHERS_BY_PASSWORD_CHANGE
                || endpoints.stream().anyMatch(endpoint -> endpoint.operation().needsSessions());
    }

    /**
     * This contract without what needs stored sessions, for an application that stores none: no refresh tokens, no operations on sessions, and a
     * password change ends every token. Routes and parts of answers that clients may expect are then missing.
     *
     * @return the contract
     * @throws IllegalStateException if its access tokens are random, because they need stored sessions
     */
    public Dialect withoutSessions() {
        if (token.isRandom()) {
            throw new IllegalStateException("the random access tokens of " + name + " need stored sessions");
        }
        return with(
                token.revocation() == Revocation.OTHERS_BY_PASSWORD_CHANGE
                        ? token.withRevocation(Revocation.BY_PASSWORD_CHANGE)
                        : token,
                Optional.empty(),
                transport,
                endpoints.stream()
                        .filter(endpoint -> !endpoint.operation().needsSessions())
                        .toList());
    }

    private Dialect with(
            TokenProfile newToken,
            Optional<RefreshRules> newRefresh,
            TokenTransport newTransport,
            List<Endpoint> newEndpoints) {
        return new Dialect(
                name,
                title,
                mountedByDefault,
                newToken,
                newRefresh,
                newTransport,
                newEndpoints,
                authenticatedHeaders,
                passwords,
                fieldErrors,
                errors,
                variants);
    }
}
