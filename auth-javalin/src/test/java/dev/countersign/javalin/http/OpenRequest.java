package dev.countersign.javalin.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A connection on which a request is sent piece by piece. */
public final class OpenRequest implements Closeable {

    private final Socket socket;

    private OpenRequest(Socket socket) {
        this.socket = socket;
    }

    /** Connects to the loopback interface. */
    public static OpenRequest to(int port) {
        try {
            return new OpenRequest(new Socket(InetAddress.getLoopbackAddress(), port));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** The head of a request with a body of that many bytes, of which none are sent. */
    public OpenRequest head(String method, String path, String headers, int length) {
        return send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Length: " + length
                + "\r\n\r\n");
    }

    /** The head of a request with a body of JSON. */
    public OpenRequest json(String method, String path, int length) {
        return head(method, path, "Content-Type: application/json\r\n", length);
    }

    /** Sends; whether it arrives is another matter. */
    public OpenRequest send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        } catch (IOException closed) {
            // Shows when the answer is read.
        }
        return this;
    }

    /** Sends a byte every so often until there is an answer or the connection is closed. */
    public OpenRequest trickle(Duration each) throws IOException {
        socket.setSoTimeout((int) each.toMillis());
        InputStream in = socket.getInputStream();
        first = null;
        while (first == null) {
            try {
                first = in.read();
            } catch (SocketTimeoutException nothingYet) {
                send("x");
            } catch (IOException reset) {
                first = -1;
            }
        }
        return this;
    }

    private Integer first;

    /** What came until the server closed the connection; empty if nothing did. */
    public Optional<RawAnswer> answer(Duration within) throws IOException {
        socket.setSoTimeout((int) within.toMillis());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (first != null && first >= 0) {
            bytes.write(first);
        }
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (SocketTimeoutException late) {
            throw late;
        } catch (IOException reset) {
            // What came before counts.
        }
        return bytes.size() == 0 ? Optional.empty() : Optional.of(RawAnswer.parse(bytes.toByteArray(), false));
    }

    /** What comes first. */
    public String read(Duration within) throws IOException {
        socket.setSoTimeout((int) within.toMillis());
        byte[] some = new byte[4096];
        int n = socket.getInputStream().read(some);
        return n < 0 ? "" : new String(some, 0, n, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // As wanted.
        }
    }
}
