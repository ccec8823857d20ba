package dev.countersign.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Clients of one server, all on one thread, so that they take as little of the processors as they can. A closed stream sends the next request of a connection
 * when the last one is answered. A paced one sends at a fixed rate; a request's time counts from when it should have been sent, also if no connection was free
 * then.
 */
final class Traffic implements AutoCloseable {

    private final int port;
    private final Selector selector;
    private final List<Stream> streams = new ArrayList<>();
    private int connections;

    Traffic(int port) throws IOException {
        this.port = port;
        this.selector = Selector.open();
    }

    /** Requests of one kind. */
    final class Stream {

        private final List<Call> calls;
        private final long interval;
        private final Deque<Client> free = new ArrayDeque<>();
        private final Deque<Long> late = new ArrayDeque<>();
        private final Times times = new Times();
        private int next;
        private long due;

        private Stream(List<Call> calls, int perSecond, int clients) throws IOException {
            this.calls = calls;
            this.interval = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
            for (int i = 0; i < clients; i++) {
                Client client = new Client(this, new Wire(port, connections++));
                client.wire.register(selector, client);
                free.add(client);
            }
        }

        Times times() {
            return times;
        }

        private boolean isClosedLoop() {
            return interval == 0;
        }

        private void begin(long now) throws IOException {
            due = now;
            if (isClosedLoop()) {
                while (!free.isEmpty()) {
                    free.remove().send(now);
                }
            }
        }

        private void sendDue(long now) throws IOException {
            while (!isClosedLoop() && due <= now) {
                if (free.isEmpty()) {
                    late.add(due);
                } else {
                    free.remove().send(due);
                }
                due += interval;
            }
        }

        private void answered(Client client, long now) throws IOException {
            times.add(
                    now - client.since,
                    client.wire.status() == client.call.status() && client.wire.bodyHas(client.call.content()));
            if (isClosedLoop()) {
                client.send(now);
            } else if (late.isEmpty()) {
                free.add(client);
            } else {
                client.send(late.remove());
            }
        }
    }

    /** A connection and what it waits for. */
    private static final class Client {

        private final Stream stream;
        private final Wire wire;
        private Call call;
        private long since;

        private Client(Stream stream, Wire wire) {
            this.stream = stream;
            this.wire = wire;
            this.call = stream.calls.get(0);
        }

        private void send(long start) throws IOException {
            call = stream.calls.get(stream.next);
            stream.next = (stream.next + 1) % stream.calls.size();
            since = start;
            wire.send(call.request());
        }
    }

    Stream closed(List<Call> calls, int clients) throws IOException {
        Stream stream = new Stream(calls, 0, clients);
        streams.add(stream);
        return stream;
    }

    Stream paced(List<Call> calls, int perSecond, int clients) throws IOException {
        Stream stream = new Stream(calls, perSecond, clients);
        streams.add(stream);
        return stream;
    }

    /** Lets all streams run for so long. What is not answered at the end does not count, except that a paced request has waited until then. */
    void run(Duration time) throws IOException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        for (Stream stream : streams) {
            stream.begin(start);
        }
        boolean paced = streams.stream().anyMatch(stream -> !stream.isClosedLoop());
        for (long now = start; now < end; now = System.nanoTime()) {
            for (Stream stream : streams) {
                stream.sendDue(now);
            }
            if (paced) {
                selector.select(Traffic::read, 1);
            } else {
                selector.select(Traffic::read, 100);
            }
        }
        long now = System.nanoTime();
        for (Stream stream : streams) {
            stream.late.forEach(due -> stream.times.add(now - due, true));
            stream.times.took(now - start);
        }
    }

    private static void read(SelectionKey key) {
        Client client = (Client) key.attachment();
        try {
            if (client.wire.isAnswered()) {
                client.stream.answered(client, System.nanoTime());
            }
        } catch (IOException broken) {
            client.stream.times.addBroken();
            key.cancel();
        }
    }

    /** Waits for the single answer to one request. */
    static Wire ask(int port, Call call) throws IOException {
        try (Selector one = Selector.open()) {
            Wire wire = new Wire(port, 0);
            wire.register(one, wire);
            wire.send(call.request());
            boolean isAnswered = false;
            while (!isAnswered) {
                one.select();
                one.selectedKeys().clear();
                isAnswered = wire.isAnswered();
            }
            wire.close();
            return wire;
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            ((Client) key.attachment()).wire.close();
        }
        selector.close();
    }
}
