package dev.countersign.api;

import static java.util.Objects.requireNonNull;

import dev.countersign.Auth;
import dev.countersign.AuthFault;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.Route;
import dev.countersign.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A login API: a dialect over an {@link Auth}, below a prefix. It turns a {@link Request} into an {@link Answer}; HTTP stacks are adapters around it.
 * Every request to its paths is answered in the dialect's format, and all storage goes through the ports of the core. Immutable and thread-safe.
 */
public final class LoginApi {

    /** The default limit for request bodies: 16 KiB. */
    public static final int MAX_BODY_BYTES = 16 * 1024;

    private final Auth auth;
    private final String prefix;
    private final int maxBodyBytes;
    private final @Nullable ProxyCheck check;
    private final @Nullable CrossOrigin crossOrigin;
    private final TrustedProxies proxies;
    private final Dialect dialect;
    private final AnswerWriter writer;
    private final TokenGuard guard;
    private final FaultLog faults;
    private final RouteTable routes;

    private LoginApi(
            Auth auth,
            Dialect dialect,
            String prefix,
            int maxBodyBytes,
            @Nullable ProxyCheck check,
            @Nullable CorsPolicy cors,
            TrustedProxies proxies) {
        this.auth = auth;
        this.dialect = dialect;
        this.prefix = prefix;
        this.maxBodyBytes = maxBodyBytes;
        this.check = check;
        this.crossOrigin = cors == null ? null : new CrossOrigin(cors, dialect);
        this.proxies = proxies;
        this.writer = new AnswerWriter(dialect, auth.longestPasswordBytes(), auth.clock());
        this.guard = new TokenGuard(auth, writer);
        this.faults = new FaultLog(auth.clock());
        BodyParser bodies = new BodyParser(maxBodyBytes);
        this.routes = RouteTable.of(
                dialect,
                prefix,
                check,
                endpoint -> new EndpointHandler(new Operands(endpoint, auth, writer, bodies, guard, proxies)));
    }

    /**
     * The login API at its documented paths.
     *
     * @param auth the core; built with a dialect
     * @return the API
     * @throws IllegalArgumentException if the core was built without a dialect, or without the sessions that the dialect needs
     */
    public static LoginApi of(Auth auth) {
        requireNonNull(auth, "auth");

        Dialect spoken = auth.dialect()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the Auth was built without a dialect: give it one with Auth.builder().dialect(…)"));
        List<String> needing = spoken.endpoints().stream()
                .filter(endpoint -> endpoint.operation().needsSessions())
                .map(Endpoint::name)
                .toList();
        if (!needing.isEmpty() && !auth.hasSessions()) {
            throw new IllegalArgumentException(
                    "the dialect " + spoken.name() + " has operations that need stored sessions ("
                            + String.join(", ", needing)
                            + "): give the Auth sessions with Auth.builder().sessions(…), or leave them out with dialect.withoutSessions()");
        }
        return new LoginApi(auth, spoken, "", MAX_BODY_BYTES, null, null, TrustedProxies.none());
    }

    /**
     * The same API below a prefix.
     *
     * @param newPrefix the text before every path of the dialect, such as {@code /v1}; empty for none
     * @return the API
     * @throws IllegalArgumentException if the prefix is not a path, or ends with a slash, or if a route is then that of the check for proxies
     */
    public LoginApi under(String newPrefix) {
        requireNonNull(newPrefix, "newPrefix");
        if (!newPrefix.isEmpty() && !HttpPath.isPlain(newPrefix)) {
            throw new IllegalArgumentException(
                    "a prefix is empty or like /v1, without a slash at its end: " + newPrefix);
        }
        return with(dialect, newPrefix, maxBodyBytes, check);
    }

    /**
     * The same API with another limit for request bodies; larger ones are refused before they are parsed.
     *
     * @param bytes the largest body that is read, in bytes; at least 1
     * @return the API
     * @throws IllegalArgumentException if the limit is less than a byte
     */
    public LoginApi withMaxBodyBytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("the largest body is at least a byte: " + bytes);
        }
        return with(dialect, prefix, bytes, check);
    }

    /** {@return the same API, which accepts no tokens in the query, where they would end up in logs and browser histories} */
    public LoginApi withoutQueryTokens() {
        return with(dialect.withoutQueryTokens(), prefix, maxBodyBytes, check);
    }

    /** {@return the same API, with which nobody can register; the routes for it do not exist} */
    public LoginApi withoutRegistration() {
        return with(dialect.withoutRegistration(), prefix, maxBodyBytes, check);
    }

    /** {@return the same API, without registration where the dialect leaves it to a configuration to open it ({@code open: false})} */
    public LoginApi withoutUnopenedRegistration() {
        return with(dialect.withoutUnopenedRegistration(), prefix, maxBodyBytes, check);
    }

    /**
     * The same API with a route for a reverse proxy, which replaces the dialect's own {@code verify} at the same path.
     *
     * @param newCheck the route
     * @return the API
     * @throws IllegalArgumentException if the path is that of another operation
     */
    public LoginApi withProxyCheck(ProxyCheck newCheck) {
        return with(dialect, prefix, maxBodyBytes, requireNonNull(newCheck, "newCheck"));
    }

    /**
     * The same API for pages of other origins in a browser. Without a policy it sends no CORS headers. Refusals of guards on the application's own
     * routes have none either; there the application's own CORS configuration applies.
     *
     * @param policy the policy
     * @return the API
     * @throws IllegalArgumentException if the policy allows every origin and the dialect's tokens are in cookies only
     */
    public LoginApi withCors(CorsPolicy policy) {
        return new LoginApi(auth, dialect, prefix, maxBodyBytes, check, requireNonNull(policy, "policy"), proxies);
    }

    /**
     * The same API behind reverse proxies, whose header tells the client's address.
     *
     * @param trusted the proxies; none by default, so that headers are ignored
     * @return the API
     */
    public LoginApi trusting(TrustedProxies trusted) {
        return new LoginApi(
                auth, dialect, prefix, maxBodyBytes, check, cors().orElse(null), requireNonNull(trusted, "trusted"));
    }

    /** {@return the policy for pages of other origins; empty if there is none} */
    public Optional<CorsPolicy> cors() {
        return Optional.ofNullable(crossOrigin).map(CrossOrigin::policy);
    }

    private LoginApi with(Dialect newDialect, String newPrefix, int bytes, @Nullable ProxyCheck newCheck) {
        return new LoginApi(auth, newDialect, newPrefix, bytes, newCheck, cors().orElse(null), proxies);
    }

    /** {@return the route for a reverse proxy that was added to those of the dialect; empty if there is none} */
    public Optional<ProxyCheck> proxyCheck() {
        return Optional.ofNullable(check);
    }

    /** {@return the core} */
    public Auth auth() {
        return auth;
    }

    /** {@return the wire contract} */
    public Dialect dialect() {
        return dialect;
    }

    /** {@return the text before every path of the dialect; empty for none} */
    public String prefix() {
        return prefix;
    }

    /** {@return every route with its prefix} */
    public List<Route> routes() {
        return routes.all();
    }

    /**
     * How to run a request. A request to another path is answered at once, with {@link Reason#NOT_FOUND}.
     *
     * @param head the request without its body
     * @return the plan
     */
    public Plan plan(RequestHead head) {
        return LoginApis.of(this).plan(head);
    }

    /**
     * Answers a request.
     *
     * @param request the request, with its body as far as {@link #plan} asked for it
     * @return the answer; after any failure an error in the dialect's format
     */
    public Answer handle(Request request) {
        return LoginApis.of(this).handle(request);
    }

    /**
     * Authenticates a request to a route of the application's own, see {@link Guard}.
     *
     * @param request the request; its body is ignored
     * @return the principal, or the answer to send
     */
    public Admission authenticate(Request request) {
        return guard().admit(request);
    }

    /** {@return the guard for an application's own routes} */
    public Guard guard() {
        return new Guard(this);
    }

    /**
     * Refuses a request to the application's own route in the dialect's format: {@link Reason#FORBIDDEN} for an action that the user may not do,
     * {@link Reason#MISSING_TOKEN} for one that needs a login.
     *
     * @param head the request
     * @param reason the reason; the dialect defines its answer
     * @return the answer
     */
    public Answer refuse(RequestHead head, Reason reason) {
        requireNonNull(head, "head");
        requireNonNull(reason, "reason");

        return refuse(head, new RefusedRequest(reason));
    }

    Answer refuse(RequestHead head, RefusedRequest refusal) {
        return answer(new Exchange(new Request(head, Body.none())), exchange -> {
            throw refusal;
        });
    }

    RouteTable table() {
        return routes;
    }

    TokenGuard.Passed check(Exchange exchange) throws RefusedRequest {
        return guard.check(exchange, dialect.transport(), JsonObject.EMPTY, TokenGuard.UserAs.REMEMBERED);
    }

    /** A step of answering a request, which may refuse it. */
    interface Work<T> {
        T run(Exchange exchange) throws RefusedRequest;
    }

    /** An answer of the API's own, readable for pages of the origins that its policy allows. */
    Answer share(RequestHead head, Answer answer) {
        return crossOrigin == null ? answer : crossOrigin.share(head, answer);
    }

    /** The answer to the preflight request of an announced one; empty without a policy. */
    Optional<Answer> preflight(Exchange announced) {
        return Optional.ofNullable(crossOrigin)
                .map(cors -> cors.preflight(announced.head(), routes.methodsAt(announced)));
    }

    Answer answer(Exchange exchange, Work<Answer> work) {
        return attempt(exchange, work, answer -> answer);
    }

    <T> T attempt(Exchange exchange, Work<T> work, Function<Answer, T> refused) {
        RefusedRequest refusal;
        try {
            return work.run(exchange);
        } catch (RefusedRequest expected) {
            refusal = expected;
        } catch (RuntimeException fault) {
            faults.log(name(exchange), fault);
            boolean temporary = fault instanceof AuthFault known && known.isTemporary();
            refusal = new RefusedRequest(temporary ? Reason.UNAVAILABLE : Reason.FAULT);
        } catch (Error broken) {
            faults.log(name(exchange), broken);
            refusal = new RefusedRequest(Reason.FAULT);
        }
        return refused.apply(writer.refuse(exchange, refusal));
    }

    /** {@return the dialect's name and the prefix} */
    @Override
    public String toString() {
        return "LoginApi[" + dialect.name() + (prefix.isEmpty() ? "" : " at " + prefix) + "]";
    }

    private String name(Exchange exchange) {
        return dialect.name() + ": " + exchange.head();
    }
}
