package dev.countersign.internal.yaml;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.file.InvalidFileException;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonPointer;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A YAML 1.2 file (core schema) as a JSON value with line numbers. */
public final class YamlDocument {

    private static final int MAX_CHARACTERS = 1_000_000;
    private static final int MAX_DEPTH = 64;

    private final String file;
    private final Json root;
    private final ImmutableMap<JsonPointer, Integer> lines;
    private final ImmutableMap<JsonPointer, String> origins;

    private YamlDocument(String file, Json root, NodeReader reader) {
        this.file = file;
        this.root = root;
        this.lines = ImmutableMap.copyOf(reader.lines());
        this.origins = ImmutableMap.copyOf(reader.origins());
    }

    /**
     * Reads a file's text.
     *
     * @param file the file's name, for problems
     * @param text one YAML document; an empty text is null
     * @return the document
     * @throws InvalidFileException if the text is not one YAML document of plain values
     */
    public static YamlDocument read(String file, String text) throws InvalidFileException {
        requireNonNull(file, "file");
        requireNonNull(text, "text");

        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(50)
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
        try {
            Parser parser = new ParserImpl(settings, new StreamReader(settings, text));
            Optional<Node> node = new Composer(settings, new ShallowParser(parser)).getSingleNode();
            NodeReader reader = new NodeReader();
            Json root = node.isPresent() ? reader.read(node.get(), JsonPointer.ROOT) : JsonNull.NULL;
            YamlDocument document = new YamlDocument(file, root, reader);
            Problems problems = document.problems();
            reader.problems().forEach((at, what) -> problems.add(at, what, "use plain YAML values"));
            problems.throwIfAny();
            return document;
        } catch (MarkedYamlEngineException notYaml) {
            int line = notYaml.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw broken(file, line, String.valueOf(notYaml.getProblem()));
        } catch (YamlEngineException notYaml) {
            throw broken(file, 1, "cannot be read");
        }
    }

    /** A parser that limits the nesting: composing nodes is recursive, and would overflow the stack. */
    private static final class ShallowParser implements Parser {

        private final Parser parser;
        private int depth;

        ShallowParser(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }

        @Override
        public Event next() {
            Event event = parser.next();
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                throw new ParserException("nested deeper than " + MAX_DEPTH + " levels", event.getStartMark());
            }
            depth -= event instanceof CollectionEndEvent ? 1 : 0;
            return event;
        }
    }

    private static InvalidFileException broken(String file, int line, String what) {
        Problems problems = new Problems(file, at -> new Problems.Place(line, at.toString()));
        problems.add(
                JsonPointer.ROOT, "this is not YAML: " + what, "check indentation, colons and quotes around this line");
        try {
            problems.throwIfAny();
        } catch (InvalidFileException invalid) {
            return invalid;
        }
        throw new IllegalStateException("a problem was just added");
    }

    /** {@return the value} */
    public Json root() {
        return root;
    }

    /** {@return a collector for the problems of this file} */
    public Problems problems() {
        return new Problems(file, this::place);
    }

    private Problems.Place place(JsonPointer at) {
        JsonPointer written = at;
        while (!lines.containsKey(written) && !written.segments().isEmpty()) {
            written = new JsonPointer(
                    written.segments().subList(0, written.segments().size() - 1));
        }
        String below = at.toString().substring(written.toString().length());
        return new Problems.Place(
                lines.getOrDefault(written, 1), origins.getOrDefault(written, written.toString()) + below);
    }
}
