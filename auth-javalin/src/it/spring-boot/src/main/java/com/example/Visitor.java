package com.example;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;

/** Registers, logs in, orders, and tries what must not work. */
final class Visitor {

    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final JdbcTemplate jdbc;

    Visitor(int port, JdbcTemplate jdbc) {
        this.port = port;
        this.jdbc = jdbc;
    }

    void visit() throws Exception {
        expect(201, post("/api/users", registration("ada", "ada@example.com")));
        expect(List.of(1), jdbc.queryForList("SELECT user_id FROM customer", Integer.class));

        // The table of customers refuses this one: there is no user either.
        expect(500, post("/api/users", registration("mallory", "mallory@example.com")));
        expect(1, jdbc.queryForObject("SELECT count(*) FROM auth_users", Integer.class));
        expect(401, post("/api/users/login", login("mallory@example.com")));

        HttpResponse<String> login = post("/api/users/login", login("ada@example.com"));
        expect(200, login);
        Matcher token = TOKEN.matcher(login.body());
        expect(true, token.find());
        String header = "Token " + token.group(1);

        expect(401, get("/api/user", null));
        expect(200, get("/api/user", header));
        expect(true, get("/orders/7", null).body().startsWith("{\"errors\":"));
        expect(401, get("/orders", null));
        expect(401, get("/orders/7", header + "x"));
        expect("order 7 of ada", get("/orders/7", header).body());
        expect("user 1", get("/orders/number", header).body());
        expect("open {\"a\":1}", post("/open", "{\"a\":1}").body());
        expect(405, get("/api/users/login", null));

        sendTooMuch();
        sendTooSlowly();
        expect(200, post("/api/users/login", login("ada@example.com")));
    }

    /** The answer comes before the request has been sent, and arrives. */
    private void sendTooMuch() throws IOException {
        for (String target : List.of("POST /api/users/login", "PUT /api/user", "POST /orders/7")) {
            try (Socket socket = open(target, 600_000)) {
                OutputStream out = socket.getOutputStream();
                for (int i = 0; i < 600; i++) {
                    out.write(" ".repeat(1000).getBytes(StandardCharsets.UTF_8));
                }
                String status = target.endsWith("login") ? "413" : "401";
                expect("HTTP/1.1 " + status, answer(socket).substring(0, 12));
            }
        }
    }

    /** A byte every tenth of a second, until there is an answer. */
    private void sendTooSlowly() throws IOException {
        try (Socket socket = open("POST /api/users/login", 1000)) {
            socket.setSoTimeout(100);
            int first = -1;
            for (int i = 0; first < 0 && i < 100; i++) {
                try {
                    first = socket.getInputStream().read();
                } catch (SocketTimeoutException nothingYet) {
                    socket.getOutputStream().write(' ');
                }
            }
            expect("TTP/1.1 408", answer(socket).substring(0, 11));
        }
    }

    private Socket open(String target, int length) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String head = target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        byte[] some = new byte[4096];
        int read = socket.getInputStream().read(some);
        return new String(some, 0, Math.max(read, 0), StandardCharsets.UTF_8) + " ".repeat(12);
    }

    private static String registration(String name, String email) {
        return "{\"user\":{\"username\":\"" + name + "\",\"email\":\"" + email
                + "\",\"password\":\"seven blue lanterns\"}}";
    }

    private static String login(String email) {
        return "{\"user\":{\"email\":\"" + email + "\",\"password\":\"seven blue lanterns\"}}";
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        HttpRequest.Builder request = request(path);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static void expect(int status, HttpResponse<String> answer) {
        expect(status + " " + answer.uri(), answer.statusCode() + " " + answer.uri());
    }

    private static void expect(Object wanted, Object found) {
        if (!wanted.equals(found)) {
            throw new IllegalStateException("expected " + wanted + ", found " + found);
        }
    }
}
