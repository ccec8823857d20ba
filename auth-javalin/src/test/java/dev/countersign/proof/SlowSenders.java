package dev.countersign.proof;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections that send a byte a second: some in the body of a login, some in the head of a request. One thread serves them all; a connection that the
 * server closes is opened anew. SlowSenders ADDRESS BODIES HEADS SECONDS
 */
final class SlowSenders {

    /** What is printed when all are connected. */
    static final String READY = "connected ";

    private static final int STEPS = 20;
    private static final Duration STEP = Duration.ofSeconds(1).dividedBy(STEPS);
    private static final String BODY =
            "POST /api/users/login HTTP/1.1\r\nHost: slow\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000\r\n\r\n{";
    private static final String HEAD = "POST /api/users/login HTTP/1.1\r\nHost: slow\r\nX-Slow: ";

    private final InetSocketAddress address;
    private final Selector selector;
    private final List<Sender> senders = new ArrayList<>();
    private final ByteBuffer answer = ByteBuffer.allocate(4096);
    private long opened;
    private long late;
    private long closed;

    private SlowSenders(URI address, int bodies, int heads) throws IOException {
        this.address = new InetSocketAddress(address.getHost(), address.getPort());
        this.selector = Selector.open();
        for (int i = 0; i < bodies + heads; i++) {
            senders.add(new Sender(i < bodies ? BODY : HEAD));
        }
    }

    /** One of them. */
    private static final class Sender {

        private final String start;
        private SelectionKey key;

        Sender(String start) {
            this.start = start;
        }

        boolean isConnected() {
            return key != null && key.isValid() && (key.interestOps() & SelectionKey.OP_READ) != 0;
        }
    }

    public static void main(String[] arguments) throws IOException {
        SlowSenders all = new SlowSenders(
                URI.create(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        all.run(Duration.ofSeconds(Long.parseLong(arguments[3])));
    }

    private void run(Duration time) throws IOException {
        long start = System.nanoTime();
        boolean ready = false;
        for (int step = 0; System.nanoTime() - start < time.toNanos(); step++) {
            for (int i = step % STEPS; i < senders.size(); i += STEPS) {
                send(senders.get(i));
            }
            select(start + (step + 1) * STEP.toNanos());
            if (!ready && step >= STEPS && connected() == senders.size()) {
                ready = true;
                System.out.println(READY + connected());
            }
        }
        System.out.println(connected() + " are connected, " + opened + " were opened; the server answered 408 to "
                + late + " and closed " + closed);
    }

    private long connected() {
        return senders.stream().filter(Sender::isConnected).count();
    }

    private void send(Sender sender) throws IOException {
        if (sender.key == null) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            sender.key = channel.register(selector, SelectionKey.OP_CONNECT, sender);
            channel.connect(address);
            opened++;
        } else if (sender.isConnected()) {
            write(sender, "x");
        }
    }

    private void write(Sender sender, String text) {
        try {
            ((SocketChannel) sender.key.channel()).write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException gone) {
            // Shows when what the server said is read.
        }
    }

    private void select(long until) throws IOException {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            selector.select(key -> ready((Sender) key.attachment(), key), Math.max(1, left / 1_000_000));
        }
    }

    private void ready(Sender sender, SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                write(sender, sender.start);
            } else if (key.isReadable()) {
                answer.clear();
                int read = channel.read(answer);
                if (read > 0
                        && new String(answer.array(), 0, read, StandardCharsets.UTF_8).startsWith("HTTP/1.1 408")) {
                    late++;
                }
                if (read < 0) {
                    end(sender);
                }
            }
        } catch (IOException gone) {
            end(sender);
        }
    }

    private void end(Sender sender) {
        closed++;
        SelectionKey key = sender.key;
        sender.key = null;
        try {
            key.channel().close();
        } catch (IOException alreadyClosed) {
            // As wanted.
        }
    }
}
