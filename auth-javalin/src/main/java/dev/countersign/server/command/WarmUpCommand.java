package dev.countersign.server.command;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.countersign.server.AuthServer;
import dev.countersign.server.DemoMode;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.Setting;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Starts a server on a temporary folder, sends each dialect a request and stops it, so that the JVM can archive the classes of a start. */
@Command(mixinStandardHelpOptions = true, name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {

    private final Terminal terminal;

    WarmUpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, ConfigException {
        Path data = Files.createTempDirectory("auth-warm-up");
        try {
            Map<Setting, String> flags =
                    ImmutableMap.of(Setting.DATA, data.toString(), Setting.PORT, "0", Setting.BCRYPT_COST, "10");
            try (AuthServer server = AuthServer.start(
                    new ConfigLoader(Map.of()).load(flags, Optional.empty()), Map.of(), DemoMode.THIS_MACHINE)) {
                server.announce(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
                for (var mount : server.mounts()) {
                    ask(server.address() + mount.routes().get(0).path());
                }
            }
            terminal.out().println("warm");
            return AuthCommand.DONE;
        } finally {
            MoreFiles.deleteRecursively(data, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private static void ask(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (OutputStream body = connection.getOutputStream()) {
            body.write("{\"identifier\":\"nobody\",\"password\":\"nothing\"}".getBytes(StandardCharsets.UTF_8));
        }
        connection.getResponseCode();
        connection.disconnect();
    }
}
