package dev.countersign;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which implementations of ports run their contracts. */
final class PortContracts {

    private static final String PORTS = "dev.countersign.port";

    private final JavaClasses main;
    private final JavaClasses tests;

    PortContracts(JavaClasses main, JavaClasses tests) {
        this.main = main;
        this.tests = tests;
    }

    /** The main classes that implement a port. */
    ImmutableList<JavaClass> implementations() {
        return main.stream()
                .filter(type -> !type.isInterface() && port(type).isPresent())
                // A contract's own faulty samples prove nothing and need no proof.
                .filter(type -> !type.getPackageName().endsWith(".contract"))
                .collect(ImmutableList.toImmutableList());
    }

    /** The names of those that no test runs the contract on. */
    ImmutableList<String> unproven() {
        return implementations().stream()
                .filter(type -> tests.stream().noneMatch(test -> proves(test, type)))
                .map(JavaClass::getName)
                .collect(ImmutableList.toImmutableList());
    }

    private static Optional<JavaClass> port(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                .filter(candidate -> candidate.getPackageName().equals(PORTS))
                .findFirst();
    }

    private boolean proves(JavaClass test, JavaClass implementation) {
        String contract = port(implementation).orElseThrow().getSimpleName() + "Contract";
        boolean runs = !test.getModifiers().contains(JavaModifier.ABSTRACT)
                && test.getAllRawSuperclasses().stream()
                        .anyMatch(above -> above.getSimpleName().equals(contract));
        return runs && reached(test).contains(implementation.getName());
    }

    /** What a test names, itself or through the public door of a package. */
    private Set<String> reached(JavaClass test) {
        Set<JavaClass> direct = Stream.concat(Stream.of(test), test.getAllRawSuperclasses().stream())
                .flatMap(PortContracts::named)
                .collect(Collectors.toSet());
        ImmutableSet.Builder<String> reached = ImmutableSet.builder();
        for (JavaClass door : direct) {
            reached.add(door.getName());
            if (main.contain(door.getName())) {
                named(main.get(door.getName()))
                        .filter(behind -> behind.getPackageName().equals(door.getPackageName()))
                        .map(JavaClass::getName)
                        .forEach(reached::add);
            }
        }
        return reached.build();
    }

    private static Stream<JavaClass> named(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass);
    }
}
