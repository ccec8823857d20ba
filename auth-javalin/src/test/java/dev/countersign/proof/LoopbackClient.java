package dev.countersign.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client with a loopback address of its own, which uses a connection for one request. */
record LoopbackClient(InetAddress from) {

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int NETWORK = 127;

    /** What came back, and how long it took from the first byte sent to the last one received. */
    record Answer(int status, String text, Duration time) {}

    /** One of many addresses: 127.0.0.2 for 1, and so on. */
    static LoopbackClient from(int number) {
        int host = number + 1;
        byte[] address = {NETWORK, (byte) (host >> 16), (byte) (host >> 8), (byte) host};
        try {
            return new LoopbackClient(InetAddress.getByAddress(address));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Posts JSON. */
    Answer post(URI server, String path, String body) throws IOException {
        byte[] request = ("POST " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                        + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            long start = System.nanoTime();
            out.write(request);
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            return new Answer(status(answer), answer, time);
        }
    }

    private static int status(String answer) throws IOException {
        if (!answer.startsWith("HTTP/1.1 ")) {
            throw new IOException("no answer");
        }
        return Integer.parseInt(answer.substring(9, 12));
    }
}
