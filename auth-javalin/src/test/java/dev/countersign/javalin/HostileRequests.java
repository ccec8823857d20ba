package dev.countersign.javalin;

import static dev.countersign.javalin.http.Asked.quoted;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Reason;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Requests that no honest client sends, each with the reasons it may be answered with. */
final class HostileRequests {

    private final Asked asked;
    private final Reason flawed;
    private final ImmutableList.Builder<Hostile> all = ImmutableList.builder();

    HostileRequests(Asked asked) {
        this.asked = asked;
        Reason collapsed = asked.login().request().collapsed();
        this.flawed = collapsed == null ? Reason.INVALID_FIELDS : collapsed;
    }

    /**
     * A request.
     *
     * @param name what is wrong with it
     * @param request the request
     * @param reasons what it may be answered with
     */
    record Hostile(String name, RawRequest request, ImmutableList<Reason> reasons) {

        private static final ImmutableList<String> KINDS = ImmutableList.of(
                "media type",
                "body",
                "identifier",
                "password",
                "token",
                "not UTF-8",
                "UTF-16",
                "two headers",
                "multipart");

        /** The kind of several such requests. */
        String kind() {
            return KINDS.stream()
                    .filter(kind -> name.startsWith(kind + " ") || name.equals(kind))
                    .findFirst()
                    .orElse("other");
        }
    }

    ImmutableList<Hostile> all() {
        methods();
        mediaTypes();
        unparseable();
        notUtf8();
        tooLarge();
        wrongTypes();
        oddTexts();
        tokens();
        return all.addAll(new HostileForms(asked, flawed).all()).build();
    }

    private void add(String name, RawRequest request, Reason... reasons) {
        all.add(new Hostile(name, request, ImmutableList.copyOf(reasons)));
    }

    private RawRequest login() {
        return RawRequest.post(asked.loginPath());
    }

    private String good() {
        return asked.body(quoted(asked.han()), quoted(Asked.PASSWORD));
    }

    private void methods() {
        for (String method : ImmutableList.of("GET", "PUT", "PATCH", "DELETE")) {
            add(method, RawRequest.of(method, asked.loginPath()).json(good()), Reason.METHOD_NOT_ALLOWED);
        }
        add("POST to the user", RawRequest.post(asked.mePath()).json("{}"), Reason.METHOD_NOT_ALLOWED);
        add("another slash", RawRequest.post(otherSlash(asked.loginPath())).json(good()), Reason.NOT_FOUND);
        add("another slash", RawRequest.get(otherSlash(asked.mePath())), Reason.NOT_FOUND);
    }

    private static String otherSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
    }

    private void mediaTypes() {
        Stream.of(
                        "text/plain",
                        "application/xml",
                        "application/json; charset=utf-16",
                        "application/json; charset=no-such-thing",
                        "application/json; charset=\"",
                        "application/json; charset=%%%",
                        "application/vnd.api+json",
                        "json",
                        "/",
                        ";",
                        "application/json, text/plain",
                        "application/json\u00e9",
                        "*/*")
                .forEach(type -> add(
                        "media type " + type,
                        login().header("Content-Type", type).body(good()),
                        Reason.UNSUPPORTED_MEDIA_TYPE));
        add("no media type", login().body(good()), Reason.UNSUPPORTED_MEDIA_TYPE);
        add("empty media type", login().header("Content-Type", "").body(good()), Reason.UNSUPPORTED_MEDIA_TYPE);
    }

    private void unparseable() {
        String good = good();
        String deep = "[".repeat(5000) + "]".repeat(5000);
        Stream.of(
                        "{",
                        " ",
                        "nope",
                        "{'a':1}",
                        "{a:1}",
                        "{\"a\":1,}",
                        "{\"a\":NaN}",
                        "{\"a\":01}",
                        "{\"a\":\"\t\"}",
                        "{\"a\":\"\\x\"}",
                        "{\"a\":\"\\ud8\"}",
                        "/* */{}",
                        good + "x",
                        good + good,
                        good.substring(0, good.length() - 1),
                        good.substring(0, good.length() - 1) + ",\"a\":1,\"a\":2}",
                        "{\"a\":{\"b\":1,\"b\":1}}",
                        "{\"a\":" + deep + "}",
                        "{\"a\":" + "{\"b\":".repeat(40) + "1" + "}".repeat(40) + "}",
                        "{\"a\":" + "9".repeat(2000) + "}",
                        "{\"a\":1e999999999999}",
                        "[]",
                        "[" + good + "]",
                        "\"text\"",
                        "null",
                        "7",
                        "true",
                        "\u0000",
                        "\u0000" + good,
                        good + "\u0000",
                        "\uFEFF" + good)
                .forEach(text -> add("body " + text, login().json(text), Reason.UNPARSEABLE_BODY));
        if (!asked.login().request().emptyBody()) {
            add("no body but a media type", login().json(""), Reason.UNPARSEABLE_BODY);
        }
    }

    private void notUtf8() {
        String good = good();
        RawRequest utf16 = login().header("Content-Type", "application/json");
        add("UTF-16", utf16.body(good.getBytes(StandardCharsets.UTF_16)), Reason.UNPARSEABLE_BODY);
        RawRequest littleEndian = login().header("Content-Type", "application/json");
        add("UTF-16LE", littleEndian.body(good.getBytes(StandardCharsets.UTF_16LE)), Reason.UNPARSEABLE_BODY);
        for (String bytes : ImmutableList.of(
                "\u00ff", "\u00c3(", "\u00ed\u00a0\u0080", "\u00c0\u0080", "\u00f5\u0080\u0080\u0080")) {
            String body = asked.body(quoted(asked.han()), "\"" + bytes + "\"");
            RawRequest request = login().header("Content-Type", "application/json; charset=utf-8");
            add("not UTF-8", request.body(body.getBytes(StandardCharsets.ISO_8859_1)), Reason.UNPARSEABLE_BODY);
        }
    }

    private void tooLarge() {
        String large = asked.body(quoted(asked.han()), quoted("p".repeat(100_000)));
        add("a password of 100 kB", login().json(large), Reason.BODY_TOO_LARGE);
        RawRequest chunked = login().header("Content-Type", "application/json").header("Transfer-Encoding", "chunked");
        String chunk = Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n";
        add("100 kB in a chunk", chunked.body(chunk), Reason.BODY_TOO_LARGE);
    }

    private void wrongTypes() {
        for (Field field : asked.login().request().fields()) {
            for (String json : ImmutableList.of(
                    "null", "true", "1", "1.5", "-0", "1E2", "[]", "{}", "[\"a\"]", "{\"$ne\":\"\"}")) {
                boolean identifier = field.target() == FieldTarget.Named.IDENTIFIER;
                String body =
                        identifier ? asked.body(json, quoted(Asked.PASSWORD)) : asked.body(quoted(asked.han()), json);
                add(
                        field.name() + " is " + json,
                        login().json(body),
                        fits(field, json) ? Reason.BAD_CREDENTIALS : flawed);
            }
        }
        add("no field", login().json("{}"), flawed);
        add("a parent that is none", login().json("{\"user\":7}"), flawed);
    }

    private static boolean fits(Field field, String json) {
        try {
            return field.type().fits(JsonText.read(json));
        } catch (JsonSyntaxException impossible) {
            throw new IllegalArgumentException(json, impossible);
        }
    }

    private void oddTexts() {
        for (String odd : ImmutableList.of(
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"a\\u0000b\"",
                "\"\\r\\nSet-Cookie: a=b\"",
                "\"' OR 1=1 --\"",
                "\"${user.id}\"",
                "\"\\u202e\\ufeff\"",
                quoted("p".repeat(10_000)),
                "\"\\ud83d\\ude00\"")) {
            add("identifier " + odd, asked.login(odd, quoted(Asked.PASSWORD)), Reason.BAD_CREDENTIALS);
            add("password " + odd, asked.login(quoted(asked.han()), odd), Reason.BAD_CREDENTIALS);
        }
    }

    private void tokens() {
        String scheme = asked.scheme();
        Reason[] none = {
            Reason.MISSING_TOKEN,
            Reason.EMPTY_TOKEN,
            Reason.TOKEN_WITH_SPACES,
            Reason.MALFORMED_TOKEN,
            Reason.BAD_SIGNATURE,
            Reason.INVALID_TOKEN
        };
        add("no token", RawRequest.get(asked.mePath()), Reason.MISSING_TOKEN);
        for (String value : ImmutableList.of(
                "",
                " ",
                scheme.strip(),
                scheme,
                scheme + scheme,
                scheme + "a b",
                scheme + "a\tb",
                scheme + "..",
                scheme + "a.b",
                scheme + "a.b.c",
                scheme + "a.b.c.d.e",
                scheme + "eyJhbGciOiJub25lIn0.e30.",
                scheme + "\"",
                scheme + "\u00e9\u00ff",
                scheme + "t".repeat(7000),
                scheme + "a".repeat(3000) + "." + "b".repeat(3000) + ".c",
                "Basic aGFuOnNvbG8=",
                "Digest username=\"han\"",
                "%s%n%d",
                "${jndi:ldap://127.0.0.1/a}")) {
            add("token " + value, asked.me(value), none);
        }
        add(
                "two headers with different tokens",
                asked.me(scheme + "a.b.c").header(asked.header().name(), scheme + "d.e.f"),
                Reason.CONFLICTING_TOKENS);
        add(
                "two headers without a token",
                asked.me(scheme).header(asked.header().name(), ""),
                none);
    }
}
