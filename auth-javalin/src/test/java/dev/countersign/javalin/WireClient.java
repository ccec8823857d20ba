package dev.countersign.javalin;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.user.AttributeChange;
import dev.countersign.user.IdentifierKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that knows of an API what its dialect file says. */
public final class WireClient {

    private static final Pattern TOKEN = Pattern.compile("ey[\\w-]+\\.ey[\\w-]+\\.[\\w-]+");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Dialect dialect;
    private final String address;

    /** A client of the dialect that is mounted at the address. */
    public WireClient(Dialect dialect, String address) {
        this.dialect = dialect;
        this.address = address;
    }

    /** {@return the dialect} */
    public Dialect dialect() {
        return dialect;
    }

    /** Logs in and finds the token, wherever the answer has it. */
    public String logIn(String email, String username, CharSequence password) throws IOException, InterruptedException {
        Endpoint login = endpoint(Operation.LOGIN);
        JsonObject body = JsonObject.EMPTY;
        for (Field field : login.request().fields()) {
            CharSequence value = field.target() == FieldTarget.Named.PASSWORD
                    ? password
                    : field.kind() == IdentifierKind.USERNAME ? username : email;
            body = AttributeChange.apply(
                    body,
                    ImmutableList.of(new AttributeChange(field.at().segments(), new JsonString(value.toString()))));
        }
        HttpResponse<String> answer = send(request(login)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonText.write(body))));
        Matcher token = TOKEN.matcher(answer.headers().map() + answer.body());
        if (!token.find()) {
            throw new IllegalStateException("no token: " + answer.statusCode() + " " + answer.body());
        }
        return token.group();
    }

    /** Asks who a token speaks for. */
    public HttpResponse<String> me(String token) throws IOException, InterruptedException {
        return send(carrying(token, request(endpoint(Operation.ME))).GET());
    }

    /** Asks for the public keys. */
    String keys() throws IOException, InterruptedException {
        return send(request(endpoint(Operation.KEYS)).GET()).body();
    }

    private HttpRequest.Builder carrying(String token, HttpRequest.Builder request) {
        TokenPlace.InHeader place = dialect.transport().places().stream()
                .filter(TokenPlace.InHeader.class::isInstance)
                .map(TokenPlace.InHeader.class::cast)
                .filter(header -> header.parameter() == null)
                .findFirst()
                .orElseThrow();
        return request.header(place.name(), place.scheme() == null ? token : place.scheme() + " " + token);
    }

    private Endpoint endpoint(Operation operation) {
        return dialect.endpoints().stream()
                .filter(endpoint -> endpoint.operation() == operation)
                .findFirst()
                .orElseThrow();
    }

    private HttpRequest.Builder request(Endpoint endpoint) {
        return HttpRequest.newBuilder(
                        URI.create(address + endpoint.routes().get(0).path()))
                .version(HttpClient.Version.HTTP_1_1);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
