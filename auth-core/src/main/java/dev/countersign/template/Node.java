package dev.countersign.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import java.util.List;
import java.util.Optional;

/** A node of a parsed template. */
sealed interface Node {

    /** Fills the slots below this node. */
    Json fill(Slots slots);

    /** Parses text with slots. */
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
                parts.add(new Alone(parser.slot()));
                at = parser.end();
            } else {
                plain.append(text.charAt(at++));
            }
        }
        flush(plain, parts);
        ImmutableList<Node> all = parts.build();
        return all.size() == 1 ? all.get(0) : new Text(all);
    }

    private static void flush(StringBuilder plain, ImmutableList.Builder<Node> parts) {
        if (plain.length() > 0) {
            parts.add(new Constant(new JsonString(plain.toString())));
            plain.setLength(0);
        }
    }

    /** {@return a string, number or boolean as text; empty for null, lists and objects} */
    static Optional<String> text(Json value) {
        return value.isNull() || value instanceof JsonArray || value instanceof JsonObject
                ? Optional.empty()
                : Optional.of(value.toString());
    }

    /** Adds the slots below this node. */
    default void collect(JsonPointer at, ImmutableMap.Builder<JsonPointer, List<Slot>> found) {}

    /** JSON without slots. */
    record Constant(Json json) implements Node {
        @Override
        public Json fill(Slots slots) {
            return json;
        }
    }

    /** A string that is exactly one slot: the value keeps its type. */
    record Alone(Slot slot) implements Node {
        @Override
        public Json fill(Slots slots) {
            return slot.fill(slots);
        }

        @Override
        public void collect(JsonPointer at, ImmutableMap.Builder<JsonPointer, List<Slot>> found) {
            found.put(at, ImmutableList.of(slot));
        }
    }

    /** Text that contains slots. Absent values, lists and objects become empty text. */
    record Text(ImmutableList<Node> parts) implements Node {
        @Override
        public Json fill(Slots slots) {
            StringBuilder text = new StringBuilder();
            for (Node part : parts) {
                text.append(Node.text(part.fill(slots)).orElse(""));
            }
            return new JsonString(text.toString());
        }

        @Override
        public void collect(JsonPointer at, ImmutableMap.Builder<JsonPointer, List<Slot>> found) {
            found.put(
                    at,
                    parts.stream()
                            .filter(Alone.class::isInstance)
                            .map(part -> ((Alone) part).slot())
                            .collect(ImmutableList.toImmutableList()));
        }
    }

    /** An object. */
    record Members(ImmutableMap<String, Node> nodes) implements Node {
        @Override
        public Json fill(Slots slots) {
            ImmutableMap.Builder<String, Json> members = ImmutableMap.builder();
            nodes.forEach((name, node) -> {
                Json value = node.fill(slots);
                if (!(value.isNull()
                        && node instanceof Alone alone
                        && alone.slot().omitsAbsent())) {
                    members.put(name, value);
                }
            });
            return new JsonObject(members.buildOrThrow());
        }

        @Override
        public void collect(JsonPointer at, ImmutableMap.Builder<JsonPointer, List<Slot>> found) {
            nodes.forEach((name, node) -> node.collect(at.child(name), found));
        }
    }

    /** An array. */
    record Items(ImmutableList<Node> nodes) implements Node {
        @Override
        public Json fill(Slots slots) {
            return new JsonArray(nodes.stream().map(node -> node.fill(slots)).collect(ImmutableList.toImmutableList()));
        }

        @Override
        public void collect(JsonPointer at, ImmutableMap.Builder<JsonPointer, List<Slot>> found) {
            for (int i = 0; i < nodes.size(); i++) {
                nodes.get(i).collect(at.child(Integer.toString(i)), found);
            }
        }
    }
}
