package dev.countersign.javalin.server.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a command reads from and writes to. */
record Terminal(InputStream in, PrintStream out, PrintStream err) {

    PrintWriter writer() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    PrintWriter errors() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    /**
     * A password: from the terminal without echo, asked for twice; otherwise the first line of the input.
     *
     * @throws IOException if there is none, or the second one differs
     */
    // With jdk.console=java.base, which main sets, there is no console where there is no terminal, on every JDK.
    @SuppressWarnings({"SystemConsoleNull", "ReferenceEquality"})
    char[] readPassword() throws IOException {
        Console console = System.console();
        if (console == null || in != System.in) {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            if (line == null) {
                throw new IOException("no password: type it at the terminal, or give it as one line of standard input");
            }
            return line.toCharArray();
        }
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("Again: ");
        if (first == null || second == null || !same(first, second)) {
            throw new IOException("the two passwords differ; nothing was changed");
        }
        Arrays.fill(second, '\0');
        return first;
    }

    private static boolean same(char[] first, char[] second) {
        int difference = first.length ^ second.length;
        for (int i = 0; i < Math.min(first.length, second.length); i++) {
            difference |= first[i] ^ second[i];
        }
        return difference == 0;
    }
}
