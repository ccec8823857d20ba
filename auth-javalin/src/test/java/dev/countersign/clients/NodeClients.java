package dev.countersign.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Node.js with the clients that {@code src/test/clients/package-lock.json} names. */
final class NodeClients {

    private static final Path SOURCES = Path.of("src", "test", "clients");
    private static final Path FOLDER = Path.of("target", "clients");
    private static final Path LOCK = Path.of("package-lock.json");
    private static final Path INSTALLED = Path.of("node_modules", "installed.json");

    private static final int OLDEST_NODE = 20;
    private static final int INSTALL_SECONDS = 120;
    private static final Pattern UNREACHABLE = Pattern.compile(
            "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENOTCACHED");

    private NodeClients() {}

    /** Installs the clients below {@code target}, unless they are there. The test is skipped where there is no Node.js or no registry. */
    static NodeClients installed() throws Exception {
        checkVersion();
        Files.createDirectories(FOLDER);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path installed = FOLDER.resolve(INSTALLED);
        boolean isCurrent = Files.exists(installed) && Files.mismatch(installed, FOLDER.resolve(LOCK)) == -1;
        if (!isCurrent) {
            install();
            Files.copy(FOLDER.resolve(LOCK), installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return new NodeClients();
    }

    private static void checkVersion() throws Exception {
        Run run;
        try {
            run = Run.start(FOLDER.getParent(), List.of("node", "--version"));
            Run.start(FOLDER.getParent(), List.of("npm", "--version")).end(INSTALL_SECONDS);
        } catch (IOException absent) {
            throw skip(String.valueOf(absent.getMessage()));
        }
        String version = run.end(INSTALL_SECONDS).output().strip();
        if (!version.matches("v[0-9]+\\..*")
                || Integer.parseInt(version.substring(1, version.indexOf('.'))) < OLDEST_NODE) {
            throw skip("Node.js " + OLDEST_NODE + " or later is needed, and this is " + version);
        }
    }

    private static void install() throws Exception {
        Run run = Run.start(
                        FOLDER,
                        List.of(
                                "npm",
                                "ci",
                                "--ignore-scripts",
                                "--no-audit",
                                "--no-fund",
                                "--prefer-offline",
                                "--loglevel=error",
                                "--fetch-retries=1",
                                "--fetch-retry-mintimeout=1000"))
                .end(INSTALL_SECONDS);
        if (run.isLate()) {
            throw skip("npm ci took more than " + INSTALL_SECONDS + " s");
        }
        if (run.code() != 0 && UNREACHABLE.matcher(run.output()).find()) {
            throw skip("npm cannot reach its registry: " + run.output());
        }
        if (run.code() != 0) {
            throw new AssertionError("npm ci: " + run.output());
        }
    }

    private static RuntimeException skip(String why) {
        String reason = "SKIPPED: the official clients of Supabase, Directus and PocketBase were not run: " + why;
        System.err.println(reason);
        return Assumptions.<RuntimeException>abort(reason);
    }

    /** Starts a file of tests against a server. */
    Run start(String file, String server) throws IOException {
        return Run.start(FOLDER, List.of("node", "--test", "--test-reporter=tap", file), "SERVER=" + server);
    }
}
