package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.session.RefreshRules;
import dev.countersign.template.Template;
import dev.countersign.token.TokenProfile;
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
        return new Dialect(
                name,
                title,
                mountedByDefault,
                token,
                refresh,
                transport.withoutQuery(),
                endpoints.stream().map(Endpoint::withoutQueryTokens).collect(ImmutableList.toImmutableList()),
                authenticatedHeaders,
                passwords,
                fieldErrors,
                errors,
                variants);
    }
}
