package dev.countersign.server.command;

import dev.countersign.server.config.TextFile;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The input, output and environment of a command.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment the environment's variables
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

    private static final int LONGEST_LINE = 1 << 16;

    PrintWriter writer() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    PrintWriter errors() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    /** Whether the input is an interactive terminal. */
    @SuppressWarnings("SystemConsoleNull")
    boolean isInteractive() {
        return System.console() != null && in.equals(System.in);
    }

    /**
     * Reads a password: twice from the terminal without echo, or from the first line of other input.
     *
     * @throws IOException if there is no password, or the second one differs
     */
    // Because main sets jdk.console=java.base, there is a console only at a terminal, on every JDK.
    @SuppressWarnings({"SystemConsoleNull", "ReferenceEquality"})
    char[] readPassword() throws IOException {
        Console console = System.console();
        if (console == null || !in.equals(System.in)) {
            if (in.equals(System.in) && isTyped()) {
                throw new IOException("the password would be visible: do not redirect standard output");
            }
            return firstLine();
        }
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("Again: ");
        if (first == null || second == null || !same(first, second)) {
            throw new IOException("the two passwords differ; nothing was changed");
        }
        if (!console.charset().equals(StandardCharsets.UTF_8) && lost(first)) {
            throw new IOException("the password has letters that are lost under this process's locale ("
                    + console.charset() + "): start it with LC_ALL=C.UTF-8; nothing was changed");
        }
        Arrays.fill(second, '\0');
        return first;
    }

    private static boolean lost(char[] typed) {
        for (char c : typed) {
            if (c == '\uFFFD') {
                return true;
            }
        }
        return false;
    }

    private char[] firstLine() throws IOException {
        byte[] line = new byte[LONGEST_LINE];
        int length = 0;
        int next = in.read();
        if (next < 0) {
            throw new IOException("no password: type it at the terminal, or give it as one line of standard input");
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (length == line.length) {
                throw new IOException("the first line of standard input is no password: it is too long");
            }
            line[length++] = (byte) next;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        byte[] password = Arrays.copyOf(line, length);
        Arrays.fill(line, (byte) 0);
        try {
            return TextFile.decode(password).toCharArray();
        } catch (IOException noText) {
            throw new IOException("the password cannot be read from standard input: " + noText.getMessage(), noText);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    // A console exists only if the output is a terminal, too. If the system does not report the input's type, assume
    // that
    // it is not a terminal.
    private static boolean isTyped() {
        try {
            return Path.of("/dev/stdin").toRealPath().toString().matches("/dev/(pts/|tty).*");
        } catch (IOException unknown) {
            return false;
        }
    }

    private static boolean same(char[] first, char[] second) {
        int difference = first.length ^ second.length;
        for (int i = 0; i < Math.min(first.length, second.length); i++) {
            difference |= first[i] ^ second[i];
        }
        return difference == 0;
    }
}
