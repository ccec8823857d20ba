package dev.countersign;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What every single type keeps to. */
final class HouseRules {

    private static final ImmutableSet<String> TICKS = ImmutableSet.of("currentTimeMillis", "nanoTime");
    private static final ImmutableSet<String> CHANCE = ImmutableSet.of(
            "java.lang.Math.random", "java.util.UUID.randomUUID", "java.security.SecureRandom.getInstanceStrong");

    private HouseRules() {}

    static ImmutableMap<String, ArchRule> all(String root) {
        return ImmutableMap.<String, ArchRule>builder()
                .put("9 secrets are final classes that say their own text", secretsAreFinal(root))
                .put("9 no secret travels as a text", noSecretIsText(root))
                .put("10 the time is handed in", timeIsHandedIn(root))
                .put("10 chance is handed in", chanceIsHandedIn(root))
                .put("11 comparing takes the same time everywhere", comparingIsConstant(root))
                .put("11 case mapping names its locale", caseNamesItsLocale(root))
                .put("12 names say what a type is", names(root))
                .put("12 nothing is printed", nothingIsPrinted(root))
                .put("12 no generic exceptions", GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS)
                .put("12 no logging of the JDK's", GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING)
                .put("13 every package is null-marked", everyPackageIsNullMarked(root))
                .put("14 every port has a contract", everyPortHasAContract(root))
                .put("15 public signatures use JDK collections", signaturesAreOfTheJdk(root))
                .put("16 SQL is not templated", sqlIsNotTemplated(root))
                .buildOrThrow();
    }

    /** A condition on one type. */
    static ArchCondition<JavaClass> be(String description, Predicate<JavaClass> test) {
        return new ArchCondition<>("be " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean holds = test.test(type);
                events.add(new SimpleConditionEvent(
                        type, holds, type.getName() + (holds ? " is " : " is not ") + description));
            }
        };
    }

    /** A condition on all types together: what is missing among them. */
    private static ArchCondition<JavaClass> lackNothing(Missing missing) {
        return new ArchCondition<>("be complete") {
            private Collection<JavaClass> all = List.of();

            @Override
            public void init(Collection<JavaClass> types) {
                all = types;
            }

            @Override
            public void check(JavaClass type, ConditionEvents events) {}

            @Override
            public void finish(ConditionEvents events) {
                missing.of(all).forEach(what -> events.add(SimpleConditionEvent.violated(all, what)));
            }
        };
    }

    private interface Missing {
        Collection<String> of(Collection<JavaClass> types);
    }

    private static ArchRule complete(Missing missing) {
        return classes().should(lackNothing(missing));
    }

    static ArchRule everyPackageHasClasses(ImmutableList<String> packages) {
        return complete(types -> {
            Set<String> empty = new TreeSet<>(packages);
            types.stream()
                    .filter(type -> !type.getSimpleName().equals("package-info"))
                    .forEach(type -> empty.remove(type.getPackageName()));
            return empty.stream().map(name -> name + " has no classes").toList();
        });
    }

    private static ArchRule secretsAreFinal(String root) {
        return classes()
                .that()
                .areAnnotatedWith(root + ".secret.Secret")
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .notBeRecords()
                .andShould(be(
                        "telling its own text",
                        type -> type.tryGetMethod("toString").isPresent()));
    }

    private static ArchRule noSecretIsText(String root) {
        return noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(root + "..")
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage(root + ".testkit..")
                .and()
                .haveNameMatching("(?i).*(password|passphrase|secret|pepper).*")
                .should()
                .haveRawType(String.class);
    }

    private static ArchRule timeIsHandedIn(String root) {
        return noClasses()
                .that(resideOutsideServer(root))
                .should()
                .callMethodWhere(reads("the time", HouseRules::readsTime))
                .orShould()
                .callConstructor(Date.class);
    }

    private static ArchRule chanceIsHandedIn(String root) {
        return noClasses()
                .that(resideOutsideServer(root))
                .should()
                .callMethodWhere(reads("chance", HouseRules::readsChance))
                .orShould()
                .callConstructorWhere(DescribedPredicate.describe("make chance", HouseRules::makesChance))
                .orShould()
                .dependOnClassesThat(type(ThreadLocalRandom.class));
    }

    private static DescribedPredicate<JavaClass> resideOutsideServer(String root) {
        return resideInAPackage(root + "..").and(not(resideInAPackage(root + ".server..")));
    }

    private static DescribedPredicate<JavaMethodCall> reads(String what, Predicate<JavaMethodCall> test) {
        return DescribedPredicate.describe("read " + what, test);
    }

    private static boolean readsTime(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        String method = call.getName();
        boolean ofSystem = owner.equals("java.lang.System") && TICKS.contains(method);
        boolean ofClock = owner.startsWith("java.time.") && (method.equals("now") || method.startsWith("system"));
        return ofSystem || ofClock;
    }

    private static boolean readsChance(JavaMethodCall call) {
        return CHANCE.contains(call.getTargetOwner().getName() + "." + call.getName());
    }

    // A seed makes chance repeatable, and a subclass must call its superclass.
    private static boolean makesChance(JavaConstructorCall call) {
        return call.getTargetOwner().isAssignableTo(Random.class)
                && call.getTarget().getRawParameterTypes().isEmpty()
                && !call.getOriginOwner().isAssignableTo(call.getTargetOwner().getName());
    }

    private static ArchRule comparingIsConstant(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
                .orShould()
                .callMethod(Arrays.class, "equals", char[].class, char[].class);
    }

    private static ArchRule caseNamesItsLocale(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase");
    }

    private static ArchRule names(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .haveNameMatching(".*[.$]([A-Za-z0-9]*(Impl|Manager|Util|Utils|Helper|Service|Processor|Dto|DTO)"
                        + "|(Abstract|Base|Default)[A-Z][A-Za-z0-9]*)");
    }

    private static ArchRule nothingIsPrinted(String root) {
        return noClasses().that(resideOutsideServer(root)).should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);
    }

    private static ArchRule everyPackageIsNullMarked(String root) {
        return complete(types -> types.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(in -> in.getName().startsWith(root) && !in.isAnnotatedWith(NullMarked.class))
                .map(in -> in.getName() + " is not @NullMarked")
                .toList());
    }

    private static ArchRule everyPortHasAContract(String root) {
        return complete(types -> {
            Set<String> contracts = types.stream()
                    .filter(resideInAPackage(root + ".testkit.contract"))
                    .map(JavaClass::getSimpleName)
                    .collect(Collectors.toSet());
            return types.stream()
                    .filter(type -> type.isTopLevelClass() && type.isInterface())
                    .filter(resideInAPackage(root + ".port"))
                    .map(JavaClass::getSimpleName)
                    .filter(name -> !name.equals("package-info") && !contracts.contains(name + "Contract"))
                    .map(name -> "the port " + name + " has no contract")
                    .toList();
        });
    }

    private static ArchRule signaturesAreOfTheJdk(String root) {
        return codeUnits()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(resideInAPackage(root)
                        .or(resideInAPackage(root + ".jdbi"))
                        .or(resideInAnyPackage(Stream.of(
                                        "api",
                                        "dialect",
                                        "file",
                                        "javalin",
                                        "jdbi.table",
                                        "json",
                                        "password",
                                        "port",
                                        "servlet",
                                        "template",
                                        "token",
                                        "usecase",
                                        "user")
                                .map(name -> root + "." + name + "..")
                                .toArray(String[]::new)))
                        .and(DescribedPredicate.describe("are public", HouseRules::isPublic)))
                .should(nameNoGuava());
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(HouseRules::isPublic).orElse(true);
    }

    private static ArchCondition<JavaCodeUnit> nameNoGuava() {
        return new ArchCondition<>("name no type of Guava") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .filter(type -> type.getPackageName().startsWith("com.google."))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                unit, unit.getDescription() + " names " + type.getSimpleName())));
            }
        };
    }

    private static ArchRule sqlIsNotTemplated(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "put text into SQL",
                        call -> call.getTargetOwner().getName().startsWith("org.jdbi.")
                                && call.getName().startsWith("define")))
                .orShould()
                .dependOnClassesThat(nameMatching("org\\.jdbi\\..*(TemplateEngine|Define[A-Z].*)"));
    }
}
