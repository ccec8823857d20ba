package dev.countersign.template;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.JsonString;

/** Parses text with slots. */
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
                SlotParser parser = new SlotParser(text, at + 2);
                flush(plain, parts);
                parts.add(new Node.Alone(parser.slot()));
                at = parser.end();
            } else {
                plain.append(text.charAt(at++));
            }
        }
        flush(plain, parts);
        ImmutableList<Node> all = parts.build();
        return all.size() == 1 ? all.get(0) : new Node.Text(all);
    }

    private static void flush(StringBuilder plain, ImmutableList.Builder<Node> parts) {
        if (plain.length() > 0) {
            parts.add(new Node.Constant(new JsonString(plain.toString())));
            plain.setLength(0);
        }
    }
}
