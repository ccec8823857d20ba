package dev.countersign.bench;

import com.google.common.collect.ImmutableList;
import dev.countersign.bench.Contender.Guarded;
import dev.countersign.bench.Contender.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The servers that can be started on this machine. */
final class Contenders {

    static final String OURS = "Countersign";
    static final String BARE = "bare Javalin";

    private static final String BEARER = "Authorization: Bearer ";
    private static final Login PLAIN = new Login("/login", "email", "token", BEARER);

    private Contenders() {}

    /**
     * All of them.
     *
     * @param jar this server's jar
     * @param options the options of the JVM that we ship
     * @param peers the folder with what was built of the others; one that is missing is left out
     */
    static List<Contender> all(Path jar, List<String> options, Path peers) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> ours = ImmutableList.<String>builder()
                .add(java)
                .addAll(options)
                .add("-jar", jar.toString(), "serve", "--port", "0", "--data", "DATA", "--bcrypt-cost", "10")
                .add("--dialects", "expressa,standard")
                .build();
        ImmutableList.Builder<Contender> all = ImmutableList.builder();
        all.add(new Contender(
                OURS + ", HMAC (`expressa`)",
                OURS,
                ours,
                new Login("/users/login", "email", "token", "x-access-token: "),
                "/users/me",
                null));
        all.add(new Contender(
                OURS + ", ES256 (`standard`)",
                OURS,
                ours,
                new Login("/auth/login", "identifier", "access_token", BEARER),
                "/auth/me",
                new Guarded("/auth/verify", 200)));
        all.add(new Contender(
                BARE,
                BARE,
                List.of(java, "-cp", System.getProperty("java.class.path"), BareJavalin.class.getName()),
                null,
                "/me",
                null));
        Path spring = peers.resolve("spring/target/peer-spring.jar");
        if (Files.exists(spring)) {
            all.add(peer("Spring Boot, Spring Security", List.of(java, "-jar", spring.toString())));
        }
        if (hasNode() && Files.isDirectory(peers.resolve("fastify/node_modules"))) {
            String server = peers.resolve("fastify/server.js").toString();
            all.add(peer("Node, Fastify, one process", List.of("node", server, "--processes", "1")));
            all.add(peer("Node, Fastify, two processes", List.of("node", server, "--processes", "2")));
        }
        if (hasNode() && Files.isDirectory(peers.resolve("better-auth/node_modules"))) {
            all.add(new Contender(
                    "Node, better-auth",
                    "better-auth",
                    withArguments(List.of(
                            "env",
                            "NODE_ENV=production",
                            "node",
                            peers.resolve("better-auth/server.js").toString())),
                    new Login("/api/auth/sign-in/email", "email", "token", BEARER),
                    "/me",
                    null));
        }
        return all.build();
    }

    private static Contender peer(String name, List<String> command) {
        return new Contender(name, name, withArguments(command), PLAIN, "/me", new Guarded("/guarded", 200));
    }

    private static List<String> withArguments(List<String> command) {
        return ImmutableList.<String>builder()
                .addAll(command)
                .add("--port", "0", "--users", "USERS", "--data", "DATA")
                .build();
    }

    private static boolean hasNode() {
        try {
            return new ProcessBuilder("node", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
