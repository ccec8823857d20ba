package dev.countersign;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Who may know whom: the rules about packages, for the system below one root package. Rules about single types are {@link HouseRules}. */
final class ArchitectureRules {

    private static final String[] LANGUAGE = {
        "java.lang..",
        "java.math..",
        "java.net..",
        "java.nio..",
        "java.security..",
        "java.text..",
        "java.time..",
        "java.util..",
        "com.google.common..",
        "com.google.errorprone.annotations..",
        "org.jspecify.annotations.."
    };

    private final String root;
    private final String[] values;

    ArchitectureRules(String root) {
        this.root = root;
        this.values = in("json", "secret", "template", "user", "password", "token", "throttle", "session", "event");
    }

    /** The packages that rules name, without those below them. */
    ImmutableList<String> packages() {
        return Stream.of(
                        "json",
                        "json.text",
                        "secret",
                        "template",
                        "user",
                        "password",
                        "token",
                        "throttle",
                        "session",
                        "event",
                        "port",
                        "hashing",
                        "usecase",
                        "api",
                        "dialect",
                        "dialect.file",
                        "file",
                        "internal.hash",
                        "internal.hash.bcrypt",
                        "internal.hash.bouncycastle",
                        "internal.hash.digest",
                        "internal.hash.pbkdf2",
                        "internal.library",
                        "internal.pem",
                        "internal.row",
                        "internal.unicode",
                        "internal.yaml",
                        "crypto.bcrypt",
                        "crypto.jjwt",
                        "crypto.migration",
                        "crypto.pepper",
                        "crypto.zxcvbn",
                        "jdbi",
                        "jdbi.internal.bulk",
                        "jdbi.internal.check",
                        "jdbi.internal.event",
                        "jdbi.internal.feed",
                        "jdbi.internal.folding",
                        "jdbi.internal.keys",
                        "jdbi.internal.mapped",
                        "jdbi.internal.schema",
                        "jdbi.internal.session",
                        "jdbi.internal.sql",
                        "jdbi.internal.store",
                        "jdbi.internal.throttle",
                        "jdbi.table",
                        "javalin",
                        "javalin.jetty",
                        "servlet",
                        "server",
                        "server.command",
                        "server.config",
                        "server.csv",
                        "server.files",
                        "server.management",
                        "server.sqlite",
                        "server.tls",
                        "server.transfer",
                        "testkit",
                        "testkit.contract",
                        "testkit.fake",
                        "testkit.fixture")
                .map(name -> root + "." + name)
                .collect(ImmutableList.toImmutableList());
    }

    /** Every rule by its name. */
    ImmutableMap<String, ArchRule> all() {
        return ImmutableMap.<String, ArchRule>builder()
                .put("0 every package named by a rule has classes", HouseRules.everyPackageHasClasses(packages()))
                .put("1 values know values and the language", layer(values, plus(values, in("internal.unicode"))))
                .put(
                        "1 rows know values and JSON's text",
                        layer(in("internal.row"), plus(values, root, root + ".json.text")))
                .put("2 ports know values", layer(in("port"), values))
                .put("2 ports are interfaces", portsAreInterfaces())
                .put("3 the hash budget knows ports and values", budgetKnowsPorts())
                .put("3 use cases know ports and values", useCasesKnowPortsAndValues())
                .put("4 dialects know values", layer(in("dialect"), plus(values, in("port"))))
                .put("4 dialects are records, enums and interfaces", dialectsAreData())
                .put("1 Unicode knows nobody", layer(in("internal.unicode"), new String[] {"com.ibm.icu.."}))
                .put("4 dialect files know dialects and YAML", dialectFilesKnowDialects())
                .put("4 the engine knows the core alone", engineKnowsTheCore())
                .put("5 multipart forms have one home", only("org.apache.commons..", "api"))
                .put("5 bcrypt has one home", only("at.favre..", "crypto.bcrypt", "internal.hash.bcrypt"))
                .put(
                        "5 Bouncy Castle has its homes",
                        only("org.bouncycastle..", "internal.hash.bouncycastle", "internal.pem"))
                .put("5 jjwt has one home", only("io.jsonwebtoken..", "crypto.jjwt"))
                .put("5 ICU has one home", only("com.ibm.icu..", "internal.unicode"))
                .put("5 zxcvbn has one home", only("com.nulabinc..", "crypto.zxcvbn"))
                .put("5 Jackson has one home", only("com.fasterxml.jackson..", "json.text"))
                .put("5 YAML has one home", only("org.snakeyaml..", "internal.yaml"))
                .put("5 CSV has one home", only("de.siegmar..", "server.csv"))
                .put("5 metrics have one home", only("io.micrometer..", "server.management"))
                .put(
                        "5 HTTP/2 has one home",
                        only(List.of("org.eclipse.jetty.http2..", "org.eclipse.jetty.alpn.."), "server.tls"))
                .put("5 the command line has one home", only("picocli..", "server"))
                .put("5 SQL has its homes", sqlHasItsHomes())
                .put("5 logging has its homes", only("org.slf4j..", "api", "crypto.bcrypt", "jdbi", "server"))
                .put("5 HTTP has its homes", httpHasItsHomes())
                .put("5 test libraries have one home", testLibrariesHaveOneHome())
                .put("6 the plugin knows no other adapter", pluginKnowsNoAdapter())
                .put("6 stores know no other adapter", storesKnowNoAdapter())
                .put("6 crypto adapters know ports and values", cryptoKnowsPorts())
                .put("6 nobody depends on the server", nobodyDependsOn("server"))
                .put("6 nobody depends on the testkit", nobodyDependsOn("testkit"))
                .put("6 the testkit knows the core", testkitKnowsTheCore())
                .put(
                        "7 no package cycles",
                        slices().matching(root + ".(**)").should().beFreeOfCycles())
                .put("7 no cycles between the files of the stores", filesOfStoresHaveNoCycles())
                .put("8 stores are hidden", storesAreHidden())
                .put("8 the stores' internals are their own", storesKeepTheirInternals())
                .putAll(HouseRules.all(root))
                .buildOrThrow();
    }

    private String[] in(String... names) {
        return Arrays.stream(names).map(this::below).toArray(String[]::new);
    }

    // JSON's text form is an adapter of Jackson and no value.
    private String below(String name) {
        return root + "." + name + (name.equals("json") || name.equals("dialect") ? "" : "..");
    }

    private static String[] plus(String[] first, String... rest) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(rest)).toArray(String[]::new);
    }

    private static ArchRule layer(String[] of, String[] knows) {
        return classes()
                .that()
                .resideInAnyPackage(of)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(plus(plus(LANGUAGE, knows), of));
    }

    private ArchRule budgetKnowsPorts() {
        return layerWithFaults("hashing", "port", "hashing");
    }

    private ArchRule useCasesKnowPortsAndValues() {
        return layerWithFaults("usecase", "port", "hashing", "usecase");
    }

    private ArchRule layerWithFaults(String layer, String... knows) {
        String[] known = plus(plus(LANGUAGE, values), in(knows));
        return classes()
                .that()
                .resideInAnyPackage(in(layer))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(known)
                        .or(HasName.Predicates.name(root + ".AuthFault"))
                        .or(HasName.Predicates.name(root + ".OverloadFault")));
    }

    private ArchRule portsAreInterfaces() {
        return classes()
                .that()
                .resideInAnyPackage(in("port"))
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .beInterfaces();
    }

    private ArchRule dialectsAreData() {
        return classes()
                .that()
                .resideInAnyPackage(in("dialect"))
                .and()
                .doNotHaveSimpleName("package-info")
                // The compiler makes one for a switch over an enum of another class.
                .and()
                .areNotAnonymousClasses()
                .should(HouseRules.be(
                        "a record, an enum or an interface",
                        type -> type.isRecord() || type.isEnum() || type.isInterface()));
    }

    private ArchRule only(String library, String... homes) {
        return only(List.of(library), homes);
    }

    private ArchRule only(List<String> libraries, String... homes) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(in(homes))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries.toArray(String[]::new));
    }

    private ArchRule sqlHasItsHomes() {
        return only(
                List.of("org.jdbi..", "java.sql..", "javax.sql..", "com.zaxxer..", "org.postgresql..", "org.sqlite.."),
                "jdbi",
                "server");
    }

    private ArchRule httpHasItsHomes() {
        return only(
                List.of("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty.."), "javalin", "servlet", "server");
    }

    private ArchRule testLibrariesHaveOneHome() {
        return only(List.of("org.junit..", "org.assertj..", "org.opentest4j.."), "testkit");
    }

    private ArchRule dialectFilesKnowDialects() {
        return layer(
                in("dialect.file"),
                plus(
                        plus(values, in("dialect", "json.text", "file", "internal.yaml", "internal.row", "port")),
                        "java.io.."));
    }

    private ArchRule engineKnowsTheCore() {
        return layer(
                in("api"),
                plus(
                        plus(values, in("dialect", "json.text", "internal.row", "usecase", "port")),
                        root,
                        "java.io..",
                        "org.apache.commons..",
                        "org.slf4j.."));
    }

    private ArchRule pluginKnowsNoAdapter() {
        return noClasses()
                .that()
                .resideInAnyPackage(in("javalin", "servlet"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in("jdbi", "crypto", "server", "testkit"));
    }

    private ArchRule storesKnowNoAdapter() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".jdbi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in(
                        "javalin",
                        "servlet",
                        "server",
                        "api",
                        "crypto",
                        "dialect",
                        "dialect.file",
                        "file",
                        "hashing",
                        "usecase",
                        "testkit"));
    }

    private ArchRule cryptoKnowsPorts() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".crypto..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in(
                        "javalin",
                        "servlet",
                        "server",
                        "api",
                        "jdbi",
                        "dialect",
                        "dialect.file",
                        "file",
                        "hashing",
                        "usecase",
                        "testkit"));
    }

    private ArchRule nobodyDependsOn(String name) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(root + "." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + "." + name + "..");
    }

    private ArchRule testkitKnowsTheCore() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in("javalin", "servlet", "server", "jdbi", "crypto"));
    }

    private ArchRule storesAreHidden() {
        return classes()
                .that()
                .resideInAPackage(root + ".jdbi..")
                .and(implementAPort())
                .should()
                .notBePublic()
                .andShould(HouseRules.be("named like its port", this::isNamedLikeItsPort));
    }

    private ArchRule storesKeepTheirInternals() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(root + ".jdbi..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".jdbi.internal..");
    }

    private ArchRule filesOfStoresHaveNoCycles() {
        return slices().assignedFrom(filesBelow(root + ".jdbi")).should().beFreeOfCycles();
    }

    private static SliceAssignment filesBelow(String name) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                boolean isBelow = type.getPackageName().equals(name)
                        || type.getPackageName().startsWith(name + ".");
                return isBelow ? SliceIdentifier.of(file(type)) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "the files below " + name;
            }
        };
    }

    private static String file(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureRules::file).orElseGet(type::getName);
    }

    private DescribedPredicate<JavaClass> implementAPort() {
        return DescribedPredicate.describe(
                "implement a port",
                type -> type.getAllRawInterfaces().stream().anyMatch(resideInAPackage(root + ".port")));
    }

    private boolean isNamedLikeItsPort(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                .filter(resideInAPackage(root + ".port"))
                .anyMatch(port -> type.getSimpleName().endsWith(port.getSimpleName()));
    }
}
