package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.Route;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies are read as they are: one that is compressed is refused with what would be right (RFC 9110 §12.5.3). */
class ContentCodingTest {

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_coded_body_is_refused_and_the_answer_says_which_coding_is_read(String name) throws IOException {
        Asked asked = new Asked(ShippedDialects.dialect(name));
        String good = asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD));
        try (RunningApp app = RunningApp.start(new RunningApp.Parts().mount(asked.dialect()))) {
            String token = Asked.token(app.send(asked.goodLogin()));
            for (Endpoint endpoint : asked.dialect().endpoints()) {
                if (!endpoint.operation().hasFields()) {
                    continue;
                }
                for (Route route : endpoint.routes()) {
                    for (String coding : List.of("gzip", "GZIP", "deflate", "br", "gzip, identity", "identity,zstd")) {
                        RawRequest request = RawRequest.of(route.method(), route.path())
                                .header(asked.header().name(), asked.scheme() + token)
                                .header("Content-Type", "application/json")
                                .header("Content-Encoding", coding)
                                .body(zipped(good));
                        checkRefused(app.send(request), asked, request);
                    }
                }
            }
            RawRequest lines = RawRequest.post(asked.loginPath())
                    .header("Content-Type", "application/json")
                    .header("Content-Encoding", "identity")
                    .header("Content-Encoding", "gzip");
            checkRefused(app.send(lines.body(zipped(good))), asked, lines);
            RawRequest transfer = RawRequest.post(asked.loginPath())
                    .header("Content-Type", "application/json")
                    .header("Transfer-Encoding", "gzip, chunked");
            checkRefused(app.send(transfer.body("2\r\n{}\r\n0\r\n\r\n")), asked, transfer);
        }
    }

    private static void checkRefused(RawAnswer answer, Asked asked, Object request) {
        OwnAnswer.check(answer, asked.dialect(), request, Reason.UNSUPPORTED_MEDIA_TYPE);
        assertThat(answer.status()).as("%s", request).isEqualTo(415);
        assertThat(answer.header("Accept-Encoding")).as("%s", request).isEqualTo("identity");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_body_that_is_not_coded_is_read_and_one_that_is_not_there_is_not_coded(String name) {
        Asked asked = new Asked(ShippedDialects.dialect(name));
        try (RunningApp app = RunningApp.start(new RunningApp.Parts().mount(asked.dialect()))) {
            for (String coding : List.of("identity", "Identity", "identity, identity", "", ",")) {
                assertThat(app.send(asked.goodLogin().header("Content-Encoding", coding))
                                .status())
                        .as(coding)
                        .isEqualTo(200);
            }
            String token = Asked.token(app.send(asked.goodLogin()));
            assertThat(app.send(asked.me(asked.scheme() + token).header("Content-Encoding", "gzip"))
                            .status())
                    .isEqualTo(200);
            RawAnswer text = app.send(RawRequest.post(asked.loginPath())
                    .header("Content-Type", "text/plain")
                    .body("x"));
            assertThat(text.status()).isEqualTo(415);
            assertThat(text.all("Accept-Encoding")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_transfer_coding_that_nobody_knows_is_no_fault(String name) {
        Asked asked = new Asked(ShippedDialects.dialect(name));
        try (RunningApp app = RunningApp.start(new RunningApp.Parts().mount(asked.dialect()))) {
            for (String coding : List.of("gzip", "identity", "chunked, gzip", "x", "chunked, chunked")) {
                RawRequest request = RawRequest.post(asked.loginPath())
                        .header("Content-Type", "application/json")
                        .header("Transfer-Encoding", coding)
                        .body("2\r\n{}\r\n0\r\n\r\n");
                assertThat(app.send(request).status()).as(coding).isBetween(400, 501);
            }
        }
    }

    static List<String> formDialects() {
        Operation login = Operation.LOGIN;
        return ShippedDialects.names().stream()
                .filter(name -> ShippedDialects.text(name).contains("multipart/form-data"))
                .filter(name ->
                        new Asked(ShippedDialects.dialect(name)).endpoint(login).isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("formDialects")
    void a_part_of_a_form_is_read_in_utf_8_and_not_decoded(String name) {
        Asked asked = new Asked(ShippedDialects.dialect(name));
        String user = "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nhan.solo\r\n";
        String field = "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n";
        try (RunningApp app = RunningApp.start(new RunningApp.Parts().mount(asked.dialect()))) {
            for (String header : List.of(
                    "Content-Type: text/plain; charset=utf-8\r\n",
                    "Content-Type: text/plain;charset=UTF-8\r\n",
                    "Content-Transfer-Encoding: 8bit\r\n",
                    "Content-Transfer-Encoding: Binary\r\n",
                    "")) {
                assertThat(app.send(part(asked, user + field + header)).status())
                        .as(header)
                        .isEqualTo(200);
            }
            for (String header : List.of(
                    "Content-Type: text/plain; charset=iso-8859-1\r\n",
                    "Content-Type: text/plain; charset=utf-16\r\n",
                    "Content-Type: text/plain; charset=nonsense\r\n",
                    "Content-Transfer-Encoding: base64\r\n",
                    "Content-Transfer-Encoding: quoted-printable\r\n")) {
                OwnAnswer.check(
                        app.send(part(asked, user + field + header)), asked.dialect(), header, Reason.UNPARSEABLE_BODY);
            }
        }
    }

    private static RawRequest part(Asked asked, String begun) {
        return RawRequest.post(asked.loginPath())
                .header("Content-Type", "multipart/form-data; boundary=b")
                .body(begun + "\r\n" + Asked.PASSWORD + "\r\n--b--\r\n");
    }
}
