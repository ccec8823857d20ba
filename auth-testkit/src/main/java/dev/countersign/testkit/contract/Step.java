package dev.countersign.testkit.contract;

import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One step of a recorded conversation with a login API. Texts may have placeholders, see {@link Captures}. */
sealed interface Step {

    /**
     * A request and its answer.
     *
     * @param method the HTTP method
     * @param target path and query
     * @param headers request headers: a text, an array of texts for a repeated header, or null for a header that is not sent
     * @param body the body; null for none
     * @param answer the expected answer
     */
    record Ask(
            String method,
            String target,
            JsonObject headers,
            @Nullable String body,
            Answer answer) implements Step {
        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    /** The expected answer.
     *
     * @param status the status
     * @param headers the headers to check: a text, or null for a header that must be absent
     * @param json the body as JSON, including the order of members; null if the body is text
     * @param text the body's text, empty for no body
     * @param tokens the contents of captured tokens: for each an object with the JOSE header and the claims
     */
    record Answer(int status, JsonObject headers, @Nullable Json json, String text, JsonObject tokens) {}

    /** The clock moves forward or back. */
    record Advance(Duration by) implements Step {}

    /**
     * A user is changed in the store, not through this API.
     *
     * @param email the user's e-mail address
     * @param status the new status; null to keep it
     * @param replacement the new password; null to keep it
     */
    record Change(
            String email, @Nullable String status, @Nullable CharSequence replacement) implements Step {}

    /** A user is deleted in the store. */
    record Delete(String email) implements Step {}
}
