package dev.countersign.json.text;

/** A text is not JSON, or exceeds the limits of {@link JsonText}. The message has the reason and the place, and never quotes the text. */
public final class JsonSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    JsonSyntaxException(String what, int line, int column) {
        super(what + " (line " + line + ", column " + column + ")");
    }
}
