package dev.countersign.internal.yaml;

import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Converts YAML nodes to JSON and records the line of every place. */
final class NodeReader {

    private static final int MAX_PLACES = 20_000;

    private final Map<JsonPointer, Integer> lines = new LinkedHashMap<>();
    private final Map<JsonPointer, String> origins = new LinkedHashMap<>();
    private final Map<JsonPointer, String> problems = new LinkedHashMap<>();

    Json read(Node node, JsonPointer at) {
        lines.putIfAbsent(at, line(node));
        // An alias has the same node, and so the same origin, as its anchor.
        node.getStartMark().ifPresent(mark -> origins.put(at, mark.getLine() + ":" + mark.getColumn()));
        if (node.isRecursive() || lines.size() > MAX_PLACES) {
            problems.put(at, "the file refers to itself or is far too large");
            return JsonNull.NULL;
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping, at);
        }
        if (node instanceof SequenceNode sequence) {
            List<Json> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(read(item, at.child(Integer.toString(items.size()))));
            }
            return JsonArray.of(items);
        }
        return scalar((ScalarNode) node, at);
    }

    private Json object(MappingNode mapping, JsonPointer at) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.put(at, "a key that is not a text");
                continue;
            }
            JsonPointer place = at.child(key.getValue());
            lines.put(place, line(key));
            if (members.put(key.getValue(), read(tuple.getValueNode(), place)) != null) {
                problems.put(place, "the key appears twice");
            }
        }
        return JsonObject.of(members);
    }

    private Json scalar(ScalarNode node, JsonPointer at) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return JsonNull.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return new JsonBoolean(text.equalsIgnoreCase("true"));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text, at);
        }
        // The parser takes a plain ${slot} for an environment variable.
        if (!tag.equals(Tag.STR) && !tag.equals(Tag.ENV_TAG)) {
            problems.put(at, "a value of the type " + tag.getValue());
        }
        return new JsonString(text);
    }

    private Json number(String text, JsonPointer at) {
        try {
            return new JsonNumber(new BigDecimal(text));
        } catch (NumberFormatException notDecimal) {
            problems.put(at, "a number that is not decimal: " + text);
            return JsonNull.NULL;
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    Map<JsonPointer, Integer> lines() {
        return lines;
    }

    Map<JsonPointer, String> origins() {
        return origins;
    }

    Map<JsonPointer, String> problems() {
        return problems;
    }
}
