package dev.countersign.api;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;

/** Paths that an operator chooses. */
final class HttpPath {

    private static final CharMatcher SEGMENT = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.anyOf("._~-"));

    private HttpPath() {}

    /** Whether the text is like {@code /v1} or {@code /auth/verify}: no slash at its end, no character that is ever encoded. */
    static boolean isPlain(String text) {
        return text.startsWith("/")
                && Splitter.on('/')
                        .splitToStream(text.substring(1))
                        .allMatch(segment -> !segment.isEmpty()
                                && !segment.equals(".")
                                && !segment.equals("..")
                                && SEGMENT.matchesAllOf(segment));
    }
}
