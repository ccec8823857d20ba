package dev.countersign.bench;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server, and how its clients log in and show their token.
 *
 * @param name its name in the tables
 * @param server which server it is; contenders of one server are the same process
 * @param command starts it; {@code DATA} stands for an empty folder and {@code USERS} for the file of users
 * @param login where to log in; null for a server without users
 * @param me the route that tells the user
 * @param guarded the route that only asks for a valid token; null if there is none
 */
record Contender(
        String name,
        String server,
        List<String> command,
        @Nullable Login login,
        String me,
        @Nullable Guarded guarded) {

    /**
     * A route to log in.
     *
     * @param path its path
     * @param identifier the member of the e-mail address
     * @param token the member of the answer that holds the token
     * @param header the header in which the token is sent, up to the token
     */
    record Login(String path, String identifier, String token, String header) {

        Call call(String email, String password, int status, String content) {
            String json = "{\"" + identifier + "\":\"" + email + "\",\"password\":\"" + password + "\"}";
            return Call.post(path, json, status, content);
        }

        /** The token in an answer. */
        String tokenIn(String body) {
            String before = "\"" + token + "\":\"";
            int at = body.indexOf(before);
            if (at < 0) {
                throw new IllegalStateException("no " + token + " in the answer to " + path);
            }
            int from = at + before.length();
            return body.substring(from, body.indexOf('"', from));
        }
    }

    /** A route that needs a valid token and nothing else. */
    record Guarded(String path, int status) {}

    /** The command with its places filled in. */
    List<String> command(Path data, Path users) {
        return command.stream()
                .map(word -> word.replace("DATA", data.toString()).replace("USERS", users.toString()))
                .toList();
    }
}
