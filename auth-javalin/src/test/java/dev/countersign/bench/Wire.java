package dev.countersign.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection of HTTP/1.1 that sends one request after the other. Used by one thread, which waits for many of them at once. */
final class Wire implements AutoCloseable {

    private static final int STATUS = "HTTP/1.1 ".length();
    private static final String LENGTH = "\r\ncontent-length:";
    private static final int UNKNOWN = -1;

    private final SocketChannel channel;
    private final byte[] answer = new byte[32 * 1024];
    private final ByteBuffer buffer = ByteBuffer.wrap(answer);
    private int headEnd = UNKNOWN;
    private int length = UNKNOWN;

    /** Connects from an address of its own below 127.0.0.0/8, as clients of different networks do. */
    Wire(int port, int number) throws IOException {
        this.channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        byte[] own = {127, 9, (byte) (number / 250), (byte) (1 + number % 250)};
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(own), 0));
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
    }

    void register(Selector selector, Object owner) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, owner);
    }

    void send(ByteBuffer request) throws IOException {
        buffer.clear();
        headEnd = UNKNOWN;
        length = UNKNOWN;
        ByteBuffer rest = request.duplicate();
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** Reads what has arrived; whether that is the whole answer. */
    boolean isAnswered() throws IOException {
        if (channel.read(buffer) < 0) {
            throw new EOFException("a server closed a connection without an answer");
        }
        if (headEnd == UNKNOWN) {
            headEnd = find("\r\n\r\n", 0, buffer.position());
            if (headEnd == UNKNOWN) {
                return false;
            }
            headEnd += 4;
            length = contentLength();
        }
        return length == UNKNOWN ? endsWith("0\r\n\r\n") : buffer.position() >= headEnd + length;
    }

    int status() {
        return Integer.parseInt(new String(answer, STATUS, 3, StandardCharsets.US_ASCII));
    }

    boolean bodyHas(String text) {
        return text.isEmpty() || find(text, headEnd, buffer.position()) != UNKNOWN;
    }

    String body() {
        return new String(answer, headEnd, buffer.position() - headEnd, StandardCharsets.UTF_8);
    }

    private int contentLength() {
        String head = new String(answer, 0, headEnd, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            return UNKNOWN;
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
    }

    private boolean endsWith(String text) {
        return buffer.position() >= headEnd + text.length()
                && find(text, buffer.position() - text.length(), buffer.position()) != UNKNOWN;
    }

    private int find(String text, int from, int to) {
        int last = to - text.length();
        for (int at = from; at <= last; at++) {
            int same = 0;
            while (same < text.length() && answer[at + same] == text.charAt(same)) {
                same++;
            }
            if (same == text.length()) {
                return at;
            }
        }
        return UNKNOWN;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
