package dev.countersign.template;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.JsonString;

/** Reads the text around and between slots. */
final class SlotText {

    private SlotText() {}

    static Node parse(String text) {
        ImmutableList.Builder<Node> parts = ImmutableList.builder();
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                plain.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                int end = closing(text, at + 2);
                flush(plain, parts);
                parts.add(new Node.Alone(Slot.parse(text.substring(at + 2, end).strip())));
                at = end + 1;
            } else {
                plain.append(text.charAt(at++));
            }
        }
        flush(plain, parts);
        ImmutableList<Node> all = parts.build();
        return all.size() == 1 ? all.get(0) : new Node.Text(all);
    }

    /** Finds the brace that closes the slot; braces inside of a JSON default are counted, those in quotes are not. */
    private static int closing(String text, int from) {
        int depth = 0;
        char quote = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && depth-- == 0) {
                return at;
            }
        }
        throw new IllegalArgumentException(
                "a slot is not closed: " + text + " (write $${ for the characters ${ themselves)");
    }

    private static void flush(StringBuilder plain, ImmutableList.Builder<Node> parts) {
        if (plain.length() > 0) {
            parts.add(new Node.Constant(new JsonString(plain.toString())));
            plain.setLength(0);
        }
    }
}
