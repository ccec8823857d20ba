package dev.countersign.javalin.http;

import dev.countersign.server.UsedSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A request as it goes over the wire, byte for byte: nothing is checked, escaped or added but Host, Connection and Content-Length. */
public final class RawRequest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String method;
    private final String target;
    private final List<String> headers = new ArrayList<>();
    private byte[] body = new byte[0];
    private boolean lengthGiven;

    private RawRequest(String method, String target) {
        this.method = method;
        this.target = target;
    }

    public static RawRequest of(String method, String target) {
        return new RawRequest(method, target);
    }

    public static RawRequest get(String target) {
        return of("GET", target);
    }

    public static RawRequest post(String target) {
        return of("POST", target);
    }

    public String target() {
        return target;
    }

    public RawRequest header(String name, String value) {
        headers.add(name + ": " + value);
        lengthGiven |= name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding");
        return this;
    }

    public RawRequest json(String text) {
        return header("Content-Type", "application/json").body(text);
    }

    public RawRequest body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawRequest body(byte[] bytes) {
        body = bytes.clone();
        return this;
    }

    /** Sends to the loopback interface and reads the answer to its end. */
    public RawAnswer sendTo(int port) {
        return sendTo(port, InetAddress.getLoopbackAddress());
    }

    /** The same from another address of the loopback interface. */
    public RawAnswer sendTo(int port, InetAddress from) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            OutputStream out = socket.getOutputStream();
            try {
                out.write(head(port).getBytes(StandardCharsets.ISO_8859_1));
                out.write(body);
                out.flush();
            } catch (IOException refusedEarly) {
                // An answer may come before the whole request was sent.
            }
            RawAnswer answer = RawAnswer.parse(everything(socket.getInputStream()), method.equals("HEAD"));
            UsedSecrets.exchange(
                    new String(body, StandardCharsets.UTF_8), answer.status(), answer.headerLines() + answer.body());
            return answer;
        } catch (IOException broken) {
            throw new UncheckedIOException(this + ": " + broken.getMessage(), broken);
        }
    }

    private static byte[] everything(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        try {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                bytes.write(some, 0, n);
            }
        } catch (java.net.SocketException reset) {
            // The rest of a request that nobody reads ends in a reset after the answer.
            if (bytes.size() == 0) {
                throw reset;
            }
        }
        return bytes.toByteArray();
    }

    private String head(int port) {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: 127.0.0.1:")
                .append(port)
                .append("\r\nConnection: close\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (!lengthGiven && (body.length > 0 || !method.equals("GET"))) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    @Override
    public String toString() {
        String shown = new String(body, StandardCharsets.UTF_8);
        return method + " " + target + " " + headers + " " + shown.substring(0, Math.min(300, shown.length()));
    }
}
