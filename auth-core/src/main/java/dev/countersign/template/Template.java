package dev.countersign.template;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON with typed slots: a dollar sign and a slot in braces. A string that is exactly one slot becomes the slot's value with its JSON type; a
 * slot inside text is interpolated; a doubled dollar sign before a brace stands for one dollar sign. Key order is kept. Filling is pure; instances are
 * immutable.
 */
public final class Template {

    private final Node root;
    private final Json pattern;

    private Template(Node root, Json pattern) {
        this.root = root;
        this.pattern = pattern;
    }

    /**
     * Parses a pattern.
     *
     * @param pattern JSON whose strings may hold slots; member names may not
     * @return the template
     * @throws TemplateException if the syntax of slots is invalid; it carries every problem
     */
    public static Template of(Json pattern) {
        requireNonNull(pattern, "pattern");

        Map<JsonPointer, TemplateException.Flaw> problems = new LinkedHashMap<>();
        Node root = node(pattern, JsonPointer.ROOT, problems);
        if (!problems.isEmpty()) {
            throw new TemplateException(problems);
        }
        return new Template(root, pattern);
    }

    /** {@return a template for a single text, such as a header} */
    public static Template ofText(String text) {
        return of(new JsonString(text));
    }

    /** {@return the pattern of this template} */
    public Json pattern() {
        return pattern;
    }

    /**
     * Fills the slots.
     *
     * @param slots the values
     * @return the filled JSON
     */
    public Json fill(Slots slots) {
        requireNonNull(slots, "slots");

        return root.fill(slots);
    }

    /**
     * Fills the slots of a template for a single text, such as a header.
     *
     * @param slots the values
     * @return the text; empty if the template is exactly one slot whose value is absent, a list or an object
     */
    public Optional<String> fillText(Slots slots) {
        requireNonNull(slots, "slots");

        return Node.text(fill(slots));
    }

    /** {@return every slot by the place of the string it stands in; a text may hold several} */
    public Map<JsonPointer, List<Slot>> slots() {
        ImmutableMap.Builder<JsonPointer, List<Slot>> found = ImmutableMap.builder();
        root.collect(JsonPointer.ROOT, found);
        return found.buildOrThrow();
    }

    /**
     * Returns the slot that is the whole string at a place.
     *
     * @param at the place
     * @return the slot; empty if the place does not exist, is constant, or has text around its slots
     */
    public Optional<Slot> slotAt(JsonPointer at) {
        Optional<Json> there = at.in(pattern);
        return there.isPresent() && node(there.get(), at, new LinkedHashMap<>()) instanceof Node.Alone alone
                ? Optional.of(alone.slot())
                : Optional.empty();
    }

    private static Node node(Json json, JsonPointer at, Map<JsonPointer, TemplateException.Flaw> problems) {
        if (json instanceof JsonObject object) {
            ImmutableMap.Builder<String, Node> members = ImmutableMap.builder();
            object.members().forEach((name, value) -> {
                if (name.contains("${")) {
                    problems.put(
                            at.child(name),
                            new TemplateException.Flaw("a member's name cannot hold a slot", "write the name itself"));
                }
                members.put(name, node(value, at.child(name), problems));
            });
            return new Node.Members(members.buildOrThrow());
        }
        if (json instanceof JsonArray array) {
            ImmutableList.Builder<Node> items = ImmutableList.builder();
            for (int i = 0; i < array.items().size(); i++) {
                items.add(node(array.items().get(i), at.child(Integer.toString(i)), problems));
            }
            return new Node.Items(items.build());
        }
        if (json instanceof JsonString string && string.value().contains("${")) {
            try {
                return Node.parse(string.value());
            } catch (SlotException unreadable) {
                problems.put(at, new TemplateException.Flaw(unreadable.found(), unreadable.right()));
            }
        }
        return new Node.Constant(json);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Template template && template.pattern.equals(pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return "Template" + pattern;
    }
}
