import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two origins with the same page, each on its own port. Prints both ports in the first line, then each line that a page reports. */
final class PageServer {

    public static void main(String[] arguments) throws Exception {
        byte[] page = Files.readAllBytes(Path.of(arguments[0]));
        System.out.println(start("named", page) + " " + start("unnamed", page));
    }

    private static int start(String name, byte[] page) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.createContext("/report", exchange -> {
            System.out.println(
                    name + ": " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server.getAddress().getPort();
    }
}
