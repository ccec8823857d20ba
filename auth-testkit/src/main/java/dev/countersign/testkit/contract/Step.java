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
     * @param headers request headers: a text, an array of texts for a header that is there several times, or null for one that is not sent
     * @param body the body; null for none
     * @param answer what must come back
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

    /**
     * What must come back.
     *
     * @param status the status
     * @param headers every header named: a text, or null for one that must be absent
     * @param json the body's JSON with its order; null if the body is text
     * @param text the body's text, empty for no body
     * @param tokens what is in captured tokens: an object of the JOSE header and the claims for each
     */
    record Answer(int status, JsonObject headers, @Nullable Json json, String text, JsonObject tokens) {}

    /** Time passes, or goes back. */
    record Advance(Duration by) implements Step {}

    /**
     * Somebody changes a user meanwhile, at no route of this API.
     *
     * @param email whose
     * @param status the new status; null to leave it
     * @param replacement the new password; null to leave it
     */
    record Change(
            String email, @Nullable String status, @Nullable CharSequence replacement) implements Step {}

    /** Somebody deletes a user meanwhile. */
    record Delete(String email) implements Step {}
}
