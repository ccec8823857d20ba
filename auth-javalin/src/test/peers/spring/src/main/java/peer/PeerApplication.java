package peer;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

@SpringBootApplication
public class PeerApplication {
    private static final Map<String, String> PROPERTIES =
            Map.of("--port", "server.port", "--users", "users", "--data", "data");

    /** Takes {@code --port N --users FILE --data DIR}. */
    public static void main(String[] args) {
        if (args.length != 6) {
            throw new IllegalArgumentException("Usage: --port N --users FILE --data DIR");
        }
        String[] properties = new String[args.length / 2];
        for (int i = 0; i < properties.length; i++) {
            String property = PROPERTIES.get(args[2 * i]);
            if (property == null) {
                throw new IllegalArgumentException("Unknown option " + args[2 * i]);
            }
            properties[i] = "--" + property + "=" + args[2 * i + 1];
        }
        SpringApplication.run(PeerApplication.class, properties);
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        String port = event.getApplicationContext().getEnvironment().getProperty("local.server.port");
        System.out.println("Listening on http://127.0.0.1:" + port);
        System.out.flush();
    }
}
