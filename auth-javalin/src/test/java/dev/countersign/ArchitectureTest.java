package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the house over the main classes of all four modules. */
@Tag("slow")
class ArchitectureTest {

    private static final String ROOT = "dev.countersign";
    private static final ArchitectureRules RULES = new ArchitectureRules(ROOT);
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    static Iterable<String> rules() {
        return RULES.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_code_keeps_to_every_rule(String name) {
        ArchRule rule = RULES.all().get(name);

        rule.check(MAIN);
    }

    @Test
    void every_package_is_named_by_a_rule() {
        assertThat(MAIN.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals(ROOT))
                        .distinct())
                .as("a package that no rule names may know everybody")
                .isSubsetOf(RULES.packages());
    }
}
