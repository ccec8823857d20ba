package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ListeningPortTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, TAKEN, another process listens on port TAKEN; give another --port",
        "192.0.2.1, 8080, 192.0.2.1 is not an address of this machine; give one of its addresses as --host",
        "2001:db8::1, 8080, is not an address of this machine; give one of its addresses as --host",
        "no.such.host.invalid, 8080, there is no machine or address no.such.host.invalid; give an address as --host",
        "fe80::1%nosuch, 8080, there is no machine or address fe80::1%nosuch",
        "localhost:80, 8080, there is no machine or address localhost:80"
    })
    void which_of_host_and_port_is_wrong_is_reported_in_a_line_and_nothing_is_made(String host, String port, String why)
            throws Exception {
        Path data = folder.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String number = port.replace("TAKEN", String.valueOf(taken.getLocalPort()));
            try (ChildServer server = ChildServer.launch(data, Map.of(), "--host", host, "--port", number, "--demo")) {
                assertThat(server.exitCode()).isEqualTo(1);
                assertThat(server.errors())
                        .startsWith("cannot listen on ")
                        .contains(why.replace("TAKEN", number))
                        .hasLineCount(1);
            }
        }
        assertThat(data).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:, true",
        "localhost, http://localhost:, true",
        "::1, http://[::1]:, true",
        "[::1], http://[::1]:, true",
        "0.0.0.0, http://127.0.0.1:, false",
        "::, http://[::1]:, false"
    })
    void an_address_that_can_be_asked_is_printed(String host, String start, boolean isPrivate) throws Exception {
        try (RunningServer server = RunningServer.start(folder, "--host=" + host, "--dialects=standard")) {
            String printed = server.announced();
            assertThat(printed).contains("\nListening on " + start);
            assertThat(printed.lines().filter(line -> line.contains("curl ")))
                    .allSatisfy(line -> assertThat(line).contains("'" + start));
            assertThat(printed.contains("Other machines can use")).isNotEqualTo(isPrivate);
            String address = printed.substring(printed.lastIndexOf("http")).strip();
            assertThat(new Requests(address).get("/auth/me").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void the_zone_of_an_address_is_written_as_curl_and_browsers_read_it() throws Exception {
        Optional<String> local = linkLocal();
        if (local.isPresent()) {
            try (ListeningPort port = ListeningPort.bind(local.get(), 0)) {
                assertThat(port.url()).startsWith("http://[" + local.get().replace("%", "%25") + "]:");
                assertThat(port.isPrivate()).isFalse();
            }
        } else {
            assertThatThrownBy(() -> ListeningPort.bind("fe80::1%lo", 0).close())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("cannot listen on [fe80::1%25lo]:0");
        }
    }

    private static Optional<String> linkLocal() throws IOException {
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(card.getInetAddresses())) {
                if (address instanceof Inet6Address && address.isLinkLocalAddress()) {
                    return Optional.of(address.getHostAddress());
                }
            }
        }
        return Optional.empty();
    }
}
