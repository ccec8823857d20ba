package dev.countersign.json.text;

/** A text is not the JSON that is read here. The message says why and where, and never quotes the text. */
public final class JsonSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    JsonSyntaxException(String what, int line, int column) {
        super(what + " (line " + line + ", column " + column + ")");
    }
}
