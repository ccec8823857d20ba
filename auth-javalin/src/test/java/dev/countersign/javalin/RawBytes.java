package dev.countersign.javalin;

import com.google.common.collect.ImmutableList;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.RawAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Requests that are no correct HTTP: the head is wrong in one way each, sometimes at a random place. */
final class RawBytes {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Random random;
    private final ImmutableList<Malformed> all;
    private int next;

    RawBytes(Asked asked, String good, Random random) {
        this.random = random;
        String line = "POST " + asked.loginPath() + " HTTP/1.1\r\n";
        String host = "Host: 127.0.0.1\r\n";
        String type = "Content-Type: application/json\r\n";
        String length = "Content-Length: " + good.length() + "\r\n";
        String close = "Connection: close\r\n";
        String rest = type + length + close + "\r\n" + good;
        this.all = ImmutableList.of(
                new Malformed("no version", "POST " + asked.loginPath() + "\r\n" + host + rest),
                new Malformed("another version", "POST " + asked.loginPath() + " HTTP/9.9\r\n" + host + rest),
                new Malformed("no host", line + rest),
                new Malformed("two hosts", line + host + "Host: other\r\n" + rest),
                new Malformed("a host that is none", line + "Host: a b\u0000c\r\n" + rest),
                new Malformed("two lengths", line + host + "Content-Length: 1\r\n" + rest),
                new Malformed("a negative length", line + host + type + close + "Content-Length: -1\r\n\r\n" + good),
                new Malformed("a length in words", line + host + type + close + "Content-Length: ten\r\n\r\n" + good),
                new Malformed(
                        "a length beyond all",
                        line + host + type + close + "Content-Length: 99999999999999999999\r\n\r\n" + good),
                new Malformed("a length and chunks", line + host + "Transfer-Encoding: chunked\r\n" + rest),
                new Malformed(
                        "chunks of a size in words",
                        line + host + type + close + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + good
                                + "\r\n0\r\n\r\n"),
                new Malformed(
                        "a chunk that lies",
                        line + host + type + close + "Transfer-Encoding: chunked\r\n\r\n2\r\n" + good
                                + "\r\n0\r\n\r\n"),
                new Malformed(
                        "an unknown coding", line + host + type + close + "Transfer-Encoding: rot13\r\n\r\n" + good),
                new Malformed("a header without colon", line + host + "Nonsense\r\n" + rest),
                new Malformed("a folded header", line + host + "X-Folded: a\r\n b\r\n" + rest),
                new Malformed("a space before the colon", line + host + "X-Spaced : a\r\n" + rest),
                new Malformed("NUL in a header", line + host + "X-Nul: a\u0000b\r\n" + rest),
                new Malformed("a bare CR in a header", line + host + "X-Cr: a\rSet-Cookie: b\r\n" + rest),
                new Malformed("bare LF", (line + host + rest).replace("\r\n", "\n")),
                new Malformed("a header of 20 KB", line + host + "X-Large: " + "a".repeat(20_000) + "\r\n" + rest),
                new Malformed("500 headers", line + host + "X-Many: a\r\n".repeat(500) + rest),
                new Malformed(
                        "a path of 20 KB", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + host + close + "\r\n"),
                new Malformed("a path with a NUL", "GET /%00 HTTP/1.1\r\n" + host + close + "\r\n"),
                new Malformed("a path outside", "GET /../../etc/passwd HTTP/1.1\r\n" + host + close + "\r\n"),
                new Malformed("a path that is half a character", "GET /%c3%28 HTTP/1.1\r\n" + host + close + "\r\n"),
                new Malformed(
                        "a whole URL as path",
                        "GET http://other" + asked.mePath() + " HTTP/1.1\r\n" + host + close + "\r\n"),
                new Malformed("CONNECT", "CONNECT other:443 HTTP/1.1\r\n" + host + close + "\r\n"),
                new Malformed("TRACE", "TRACE " + asked.mePath() + " HTTP/1.1\r\n" + host + close + "\r\n"),
                new Malformed("a method with a space", " " + line + host + rest),
                new Malformed(
                        "an upgrade",
                        "GET " + asked.mePath() + " HTTP/1.1\r\n" + host
                                + "Connection: close, Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"),
                new Malformed("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                new Malformed(
                        "a TLS greeting",
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + "x".repeat(200)
                                + "\r\n\r\n"),
                new Malformed("an expectation", line + host + "Expect: 200-maybe\r\n" + rest),
                new Malformed("a byte changed", line + host + rest));
    }

    /** Bytes that are sent as they are. */
    record Malformed(String kind, String text) {

        /** Sends them, says that there is no more, and reads the answer; none is an answer with status 0: the connection was closed. */
        RawAnswer sendTo(int port, InetAddress from) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0)) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                byte[] answer;
                try {
                    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                    socket.shutdownOutput();
                    answer = socket.getInputStream().readAllBytes();
                } catch (SocketException reset) {
                    answer = new byte[0];
                }
                return answer.length == 0 ? new RawAnswer(0, ImmutableList.of(), "") : RawAnswer.parse(answer, false);
            } catch (IOException broken) {
                throw new UncheckedIOException(kind, broken);
            }
        }
    }

    /** The next one. */
    Malformed next() {
        Malformed malformed = all.get(next++ % all.size());
        if (!malformed.kind().equals("a byte changed")) {
            return malformed;
        }
        StringBuilder changed = new StringBuilder(malformed.text());
        changed.setCharAt(random.nextInt(changed.length()), (char) random.nextInt(256));
        return new Malformed(malformed.kind(), changed.toString());
    }
}
