package dev.countersign.server.tls;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** HTTP/2 frame by frame (RFC 9113), as no well-behaved client sends it. */
final class Http2Client implements Closeable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int PING = 6;
    static final int GO_AWAY = 7;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SSLSocket socket;

    private Http2Client(SSLSocket socket) {
        this.socket = socket;
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Frame(int type, int flags, int stream, byte[] payload) {

        boolean isEnd() {
            return (flags & END_STREAM) != 0;
        }

        /** Of a reset or a going away: its error code. */
        int error() {
            int at = type == GO_AWAY ? 4 : 0;
            return ((payload[at + 2] & 0xFF) << 8) | (payload[at + 3] & 0xFF);
        }
    }

    /** Connects with a handshake that chooses HTTP/2, and says nothing. */
    static Http2Client connect(SSLContext context, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new Http2Client(socket);
    }

    /** Sends what an HTTP/2 connection begins with. */
    Http2Client begin() throws IOException {
        raw(PREFACE);
        return frame(SETTINGS, 0, 0, new byte[0]);
    }

    /** Begins as a client that allows no byte of any answer's body. */
    Http2Client beginWithoutWindow() throws IOException {
        raw(PREFACE);
        return frame(SETTINGS, 0, 0, (byte) 0, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
    }

    Http2Client raw(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Http2Client frame(int type, int flags, int stream, byte... payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(new byte[] {
            (byte) (payload.length >> 16),
            (byte) (payload.length >> 8),
            (byte) payload.length,
            (byte) type,
            (byte) flags,
            (byte) (stream >> 24),
            (byte) (stream >> 16),
            (byte) (stream >> 8),
            (byte) stream
        });
        frame.write(payload);
        return raw(frame.toByteArray());
    }

    Http2Client get(int stream, String path) throws IOException {
        return frame(HEADERS, END_HEADERS | END_STREAM, stream, head("GET", path));
    }

    /** A request whose body is still to come. */
    Http2Client post(int stream, String path) throws IOException {
        return frame(HEADERS, END_HEADERS, stream, head("POST", path));
    }

    /** The beginning of a head that never ends. */
    Http2Client halfHead(int stream) throws IOException {
        return frame(HEADERS, END_STREAM, stream, head("GET", "/auth/me"));
    }

    Http2Client reset(int stream) throws IOException {
        return frame(RESET, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
    }

    Http2Client ping() throws IOException {
        return frame(PING, 0, 0, new byte[8]);
    }

    // HPACK (RFC 7541 §6.2.2): literals that are not indexed, with names that are.
    private static byte[] head(String method, String path) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        literal(head, 2, method);
        literal(head, 4, path);
        literal(head, 6, "https");
        literal(head, 1, "localhost");
        if (method.equals("POST")) {
            head.write(0x0F);
            head.write(31 - 15);
            text(head, "application/json");
        }
        return head.toByteArray();
    }

    private static void literal(ByteArrayOutputStream to, int name, String value) {
        to.write(name);
        text(to, value);
    }

    private static void text(ByteArrayOutputStream to, String value) {
        to.write(value.length());
        to.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    /** The next frame; null at the end of the connection. */
    Frame read(Duration within) throws IOException {
        socket.setSoTimeout((int) within.toMillis());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new Frame(type, flags, stream, payload);
        } catch (SocketTimeoutException late) {
            throw late;
        } catch (EOFException | java.net.SocketException | javax.net.ssl.SSLException end) {
            return null;
        }
    }

    /** The next frame of a kind; null at the end of the connection. */
    Frame await(int type, int stream, Duration within) throws IOException {
        Frame frame = read(within);
        while (frame != null && (frame.type() != type || frame.stream() != stream)) {
            frame = read(within);
        }
        return frame;
    }

    /** Sends something every so often until the connection has ended. */
    Duration untilClosed(Duration each, Sending sending) throws IOException {
        long start = System.nanoTime();
        while (true) {
            try {
                if (read(each) == null) {
                    return Duration.ofNanos(System.nanoTime() - start);
                }
            } catch (SocketTimeoutException nothing) {
                try {
                    sending.run();
                } catch (IOException closed) {
                    return Duration.ofNanos(System.nanoTime() - start);
                }
            }
        }
    }

    interface Sending {
        void run() throws IOException;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
