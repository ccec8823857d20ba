package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.template.Template;
import dev.countersign.token.TokenProfile;

/**
 * A login API's wire contract: everything a client can see, as data.
 *
 * @param name the name, as in commands and configuration
 * @param title what it is, in a line
 * @param mountedByDefault whether the server mounts it when no dialects are configured
 * @param token the form of its tokens
 * @param transport how a token travels in
 * @param endpoints what is asked where
 * @param authenticatedHeaders headers of every answer to a request whose token holds
 * @param passwords the rules for new passwords
 * @param fieldErrors how flawed fields are told
 * @param errors the answers by reason
 * @param variants other shapes of errors
 */
public record Dialect(
        String name,
        String title,
        boolean mountedByDefault,
        TokenProfile token,
        TokenTransport transport,
        ImmutableList<Endpoint> endpoints,
        ImmutableMap<String, Template> authenticatedHeaders,
        PasswordLimits passwords,
        FieldErrors fieldErrors,
        ErrorCatalogue errors,
        ImmutableList<ErrorVariant> variants) {

    /** Refuses what is missing. */
    public Dialect {
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(token, "token");
        requireNonNull(transport, "transport");
        requireNonNull(endpoints, "endpoints");
        requireNonNull(authenticatedHeaders, "authenticatedHeaders");
        requireNonNull(passwords, "passwords");
        requireNonNull(fieldErrors, "fieldErrors");
        requireNonNull(errors, "errors");
        requireNonNull(variants, "variants");
    }

    /** {@return the same contract, which does not take tokens from the query, where they end up in logs and histories} */
    public Dialect withoutQueryTokens() {
        return new Dialect(
                name,
                title,
                mountedByDefault,
                token,
                transport.withoutQuery(),
                endpoints.stream().map(Endpoint::withoutQueryTokens).collect(ImmutableList.toImmutableList()),
                authenticatedHeaders,
                passwords,
                fieldErrors,
                errors,
                variants);
    }
}
