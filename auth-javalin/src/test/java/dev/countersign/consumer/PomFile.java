package dev.countersign.consumer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A POM, as far as it says what else is needed. Scopes are read where a dependency is declared, as all POMs here have them.
 *
 * @param dependencies all that it declares, tests' included
 */
public record PomFile(List<Declared> dependencies) {

    /**
     * A dependency.
     *
     * @param artifact what is needed
     * @param scope the scope
     * @param optional whether others do without it
     * @param exclusions what is left out of all that it needs in turn
     */
    public record Declared(Artifact artifact, String scope, boolean optional, List<Artifact> exclusions) {

        /** Whether an application that declares the POM's artifact gets this one. */
        public boolean isPulledIn() {
            return !optional && (scope.equals("compile") || scope.equals("runtime"));
        }
    }

    /** An artifact without its version; in exclusions {@code *} stands for any group or name. */
    public record Artifact(String group, String name) {

        boolean covers(Artifact other) {
            return (group.equals("*") || group.equals(other.group)) && (name.equals("*") || name.equals(other.name));
        }

        @Override
        public String toString() {
            return group + ":" + name;
        }
    }

    /** Reads a POM. */
    public static PomFile read(Path file) throws IOException {
        try {
            Element project = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            return new PomFile(children(project, "dependencies")
                    .flatMap(all -> children(all, "dependency"))
                    .map(PomFile::declared)
                    .toList());
        } catch (ParserConfigurationException | SAXException unreadable) {
            throw new IOException("not a POM: " + file, unreadable);
        }
    }

    private static Declared declared(Element dependency) {
        return new Declared(
                artifact(dependency),
                text(dependency, "scope", "compile"),
                text(dependency, "optional", "false").equals("true"),
                children(dependency, "exclusions")
                        .flatMap(all -> children(all, "exclusion"))
                        .map(PomFile::artifact)
                        .toList());
    }

    private static Artifact artifact(Element element) {
        return new Artifact(text(element, "groupId", ""), text(element, "artifactId", ""));
    }

    private static String text(Element element, String name, String otherwise) {
        return children(element, name)
                .map(child -> child.getTextContent().strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static Stream<Element> children(Node parent, String name) {
        NodeList all = parent.getChildNodes();
        return IntStream.range(0, all.getLength())
                .mapToObj(all::item)
                .filter(node -> node.getNodeName().equals(name))
                .map(Element.class::cast);
    }
}
