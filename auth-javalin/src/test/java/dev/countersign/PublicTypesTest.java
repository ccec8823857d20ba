package dev.countersign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every public type is one that somebody decided to support: a new one, and one that is gone, is noticed here. */
class PublicTypesTest {

    private static final Pattern INTERNAL = Pattern.compile("\\.internal(\\.|$)|^dev\\.countersign\\.server(\\.|$)");
    private static final String LIST = "public-types.txt";
    private static final String UPDATE =
            "The public types have changed. A type that no other package needs is better package-private, and one"
                    + " that only other packages of Countersign need belongs below \"internal\". If the change is meant: copy"
                    + " target/" + LIST + " over src/test/resources/dev/countersign/" + LIST
                    + " and write a line in CHANGELOG.md.";

    @Test
    void the_public_types_are_those_that_are_listed() throws IOException {
        List<String> actual = publicTypes();
        Files.write(Files.createDirectories(Path.of("target")).resolve(LIST), actual, UTF_8);
        assertThat(actual).as(UPDATE).isEqualTo(listed());
    }

    private static List<String> listed() throws IOException {
        return Resources.readLines(Resources.getResource(PublicTypesTest.class, LIST), UTF_8);
    }

    /** One line for each: its module and its name. Internal packages and the server are no API. */
    private static List<String> publicTypes() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.countersign")
                        .stream()
                        .filter(PublicTypesTest::isPublic)
                        .filter(type -> !INTERNAL.matcher(type.getPackageName()).find())
                        .map(type -> module(type) + " " + type.getName())
                        .sorted()
                        .toList();
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.getSimpleName().equals("package-info")
                && type.getEnclosingClass().map(PublicTypesTest::isPublic).orElse(true);
    }

    private static String module(JavaClass type) {
        String folder =
                type.getPackageName().replaceFirst("^dev\\.countersign\\.?", "").replaceFirst("\\..*", "");
        return Stream.of("jdbi", "testkit", "javalin", "servlet").anyMatch(folder::equals)
                ? "auth-" + folder.replace("servlet", "javalin")
                : "auth-core";
    }
}
