package dev.countersign;

import com.google.common.collect.ImmutableList;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which implementations of ports run their contracts. */
final class PortContracts {

    private static final String PORTS = "dev.countersign.port";
    private static final String STORES = "dev.countersign.jdbi";

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

    /** The implementations that keep something in a database. */
    ImmutableList<JavaClass> stores() {
        return implementations().stream()
                .filter(type -> type.getPackageName().startsWith(STORES))
                .collect(ImmutableList.toImmutableList());
    }

    /** Those of the implementations that no test runs the contract on. */
    ImmutableList<String> unproven() {
        return unproven(implementations(), test -> true);
    }

    /** Those of the types that no such test runs the contract on. */
    ImmutableList<String> unproven(Collection<JavaClass> types, Predicate<JavaClass> among) {
        return types.stream()
                .filter(type -> tests.stream().filter(among).noneMatch(test -> proves(test, type)))
                .map(JavaClass::getName)
                .collect(ImmutableList.toImmutableList());
    }

    /** The ports of stores that have no implementation in memory. */
    ImmutableList<String> portsWithoutFake() {
        return stores().stream()
                .map(store -> port(store).orElseThrow().getName())
                .distinct()
                .filter(name -> implementations().stream()
                        .noneMatch(type -> type.getPackageName().endsWith(".fake")
                                && port(type).orElseThrow().getName().equals(name)))
                .collect(ImmutableList.toImmutableList());
    }

    /** Whether a test names something, itself or where its parents do. */
    static boolean names(JavaClass test, String name) {
        return test.getDirectDependenciesFromSelf().stream()
                        .anyMatch(named -> named.getTargetClass().getName().equals(name))
                || test.getFieldAccessesFromSelf().stream()
                        .anyMatch(access -> access.getTarget().getFullName().equals(name));
    }

    // What a port hands out, an interface inside it, is proven by the port's own contract.
    private static Optional<JavaClass> port(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                .filter(candidate -> candidate.getPackageName().equals(PORTS) && candidate.isTopLevelClass())
                .findFirst();
    }

    private boolean proves(JavaClass test, JavaClass implementation) {
        String contract = port(implementation).orElseThrow().getSimpleName() + "Contract";
        boolean runs = !test.getModifiers().contains(JavaModifier.ABSTRACT)
                && test.getAllRawSuperclasses().stream()
                        .anyMatch(above -> above.getSimpleName().equals(contract));
        return runs && made(test).contains(implementation.getName());
    }

    /** What a test makes: by a constructor, by a method of the main classes that calls one, or by one that asks such a factory. */
    private Set<String> made(JavaClass test) {
        return Stream.concat(Stream.of(test), test.getAllRawSuperclasses().stream())
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .flatMap(access -> Stream.concat(
                        Stream.of(access.getTargetOwner().getName()),
                        door(access).flatMap(this::made)))
                .collect(Collectors.toSet());
    }

    private Stream<JavaCodeUnit> door(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return main.contain(owner)
                ? main.get(owner).getCodeUnits().stream()
                        .filter(unit ->
                                unit.getFullName().equals(access.getTarget().getFullName()))
                : Stream.empty();
    }

    private Stream<String> made(JavaCodeUnit door) {
        return Stream.concat(
                constructed(door),
                door.getMethodCallsFromSelf().stream().flatMap(this::door).flatMap(PortContracts::constructed));
    }

    private static Stream<String> constructed(JavaCodeUnit door) {
        return door.getConstructorCallsFromSelf().stream()
                .map(call -> call.getTargetOwner().getName());
    }
}
