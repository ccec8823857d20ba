package dev.countersign.proof;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A client with one connection and an address of its own below 127.0.0.0/8. Used by one thread. */
final class StormWire implements AutoCloseable {

    private static final int STATUS = "HTTP/1.1 ".length();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Socket socket;
    private final InputStream in;

    /**
     * An answer.
     *
     * @param status its status
     * @param retryAfter seconds of the header of that name; 0 if there is none
     * @param body its body
     */
    record Answer(int status, int retryAfter, String body) {

        /** Whether it is a refusal in the dialect's own form. */
        boolean isRefusal() {
            return (status == 503 || status == 429) && retryAfter > 0 && body.startsWith("{\"errors\":");
        }
    }

    /** Connects. */
    StormWire(InetAddress from, int port) throws IOException {
        this.socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(from, 0));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) TIMEOUT.toMillis());
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** The address of a client, in a network of its own. */
    static InetAddress address(int group, int number) throws IOException {
        return InetAddress.getByAddress(
                new byte[] {127, (byte) group, (byte) (number / 250), (byte) (1 + number % 250)});
    }

    Answer logIn(String email, String password) throws IOException {
        sendLogIn(email, password);
        return answer();
    }

    /** Does not wait for the {@link #answer}. */
    void sendLogIn(String email, String password) throws IOException {
        post("/api/users/login", "{\"user\":{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}}");
    }

    Answer register(String username, String email, String password) throws IOException {
        post(
                "/api/users",
                "{\"user\":{\"username\":\"" + username + "\",\"email\":\"" + email + "\",\"password\":\"" + password
                        + "\"}}");
        return answer();
    }

    Answer me(String token) throws IOException {
        send("GET /api/user HTTP/1.1\r\nHost: x\r\nAuthorization: Token " + token + "\r\n\r\n");
        return answer();
    }

    private void post(String path, String json) throws IOException {
        send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + json.length() + "\r\n\r\n" + json);
    }

    private void send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** Waits for the answer to what was sent. */
    Answer answer() throws IOException {
        int status = Integer.parseInt(line().substring(STATUS, STATUS + 3));
        int length = 0;
        int retryAfter = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
            String value = header.substring(header.indexOf(':') + 1).strip();
            if (name.equals("content-length")) {
                length = Integer.parseInt(value);
            } else if (name.equals("retry-after")) {
                retryAfter = Integer.parseInt(value);
            }
        }
        return new Answer(status, retryAfter, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed without an answer");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
