package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A null where none may be is refused by the name of what is missing, in everything that is public. */
@Tag("slow")
class NullArgumentsTest {

    private static final String PORTS = "dev.countersign.port";

    /** Public for each other; a rule keeps everybody else out. */
    private static final String INTERNAL = "dev.countersign.jdbi.internal.";

    @Test
    void every_public_constructor_and_method_names_what_is_missing() {
        List<String> unchecked = offered()
                .flatMap(type -> NullArguments.unchecked(type).stream())
                .sorted()
                .toList();
        assertThat(unchecked).isEmpty();
    }

    @Test
    void what_is_looked_at_is_not_nothing() {
        assertThat(offered().count()).isGreaterThan(200);
    }

    @Test
    void a_null_that_is_stored_is_found() {
        assertThat(NullArguments.unchecked(Careless.class))
                .hasSize(1)
                .first()
                .asString()
                .contains("Careless", "name");
    }

    /** Asks for one of its components only. */
    public record Careless(String name, @Nullable String nick, Object other) {

        /** Forgets the name. */
        public Careless {
            java.util.Objects.requireNonNull(other, "other");
        }
    }

    /** What others can use: public types that are not internal, and what stands behind a port. */
    private static Stream<Class<?>> offered() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.countersign")
                        .stream()
                        .filter(type -> !type.isAnnotation() && !type.isAnonymousClass())
                        .filter(type -> isPublic(type) || isPort(type))
                        .map(JavaClass::reflect);
    }

    private static boolean isPublic(JavaClass type) {
        return !type.getPackageName().startsWith(INTERNAL)
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(NullArgumentsTest::isPublic).orElse(true);
    }

    private static boolean isPort(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                .anyMatch(port -> port.getPackageName().equals(PORTS));
    }
}
