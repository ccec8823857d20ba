package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule reports a deliberate violation: a rule that was never seen to fail is not trusted. */
@Tag("slow")
class ArchitectureRulesFailTest {

    private static final String ROOT = "dev.countersign.violation";
    private static final ArchitectureRules RULES = new ArchitectureRules(ROOT);
    private static final JavaClasses SAMPLES = new ClassFileImporter().importPackages(ROOT);

    /** What each rule's report must name. */
    private static final ImmutableMap<String, String> REPORTED = ImmutableMap.<String, String>builder()
            .put("0 every package named by a rule has classes", ROOT + ".javalin.jetty has no classes")
            .put("1 values know values and the language", "user.UserOfPort")
            .put("1 rows know values and JSON's text", "row.RowOfPort")
            .put("2 ports know values", "port.DialectPort")
            .put("2 ports are interfaces", "port.ClassPort")
            .put("3 the hash budget knows ports and values", "hashing.HttpBudget")
            .put("3 use cases know ports and values", "usecase.LogInByHttp")
            .put("4 dialects know values", "dialect.PortDialect")
            .put("4 dialects are records, enums and interfaces", "dialect.ClassDialect")
            .put("1 Unicode knows nobody", "unicode.LettersOfPort")
            .put("4 dialect files know dialects and YAML", "dialect.file.ReaderByHttp")
            .put("4 the engine knows the core alone", "api.ApiOfJavalin")
            .put("5 multipart forms have one home", "user.FormUser")
            .put("5 bcrypt has one home", "user.BcryptUser")
            .put("5 Bouncy Castle has its homes", "user.CastleUser")
            .put("5 jjwt has one home", "user.JjwtUser")
            .put("5 ICU has one home", "user.IcuUser")
            .put("5 zxcvbn has one home", "user.ZxcvbnUser")
            .put("5 Jackson has one home", "json.JacksonJson")
            .put("5 YAML has one home", "javalin.YamlPlugin")
            .put("5 CSV has one home", "user.CommaUser")
            .put("5 the command line has one home", "javalin.CommandPlugin")
            .put("5 metrics have one home", "javalin.MeteredPlugin")
            .put("5 HTTP/2 has one home", "javalin.Http2Plugin")
            .put("5 SQL has its homes", "javalin.SqlPlugin")
            .put("5 logging has its homes", "user.LoggingUser")
            .put("5 HTTP has its homes", "usecase.LogInByHttp")
            .put("5 test libraries have one home", "user.TestedUser")
            .put("6 the plugin knows no other adapter", "javalin.StorePlugin")
            .put("6 stores know no other adapter", "jdbi.HttpStore")
            .put("6 crypto adapters know ports and values", "crypto.jjwt.DialectCodec")
            .put("6 nobody depends on the server", "javalin.ServerPlugin")
            .put("6 nobody depends on the testkit", "usecase.FakeUse")
            .put("6 the testkit knows the core", "testkit.fake.HttpFake")
            .put("7 no package cycles", "Cycle detected")
            .put("7 no cycles between the files of the stores", "jdbi.CircularStore")
            .put("8 stores are hidden", "jdbi.PublicStore")
            .put("8 the stores' internals are their own", "javalin.InternalPlugin")
            .put("9 secrets are final classes that say their own text", "secret.PrintedSecret")
            .put("9 no secret travels as a text", "user.TextUser.password")
            .put("10 the time is handed in", "usecase.TimeUse")
            .put("10 chance is handed in", "usecase.ChanceUse")
            .put("11 comparing takes the same time everywhere", "password.EarlyExit")
            .put("11 case mapping names its locale", "user.TurkishUser")
            .put("12 names say what a type is", "user.UserManager")
            .put("12 nothing is printed", "user.PrintingUser")
            .put("12 no generic exceptions", "user.GenericUser")
            .put("12 no logging of the JDK's", "user.JdkLoggingUser")
            .put("13 every package is null-marked", ROOT + ".template is not @NullMarked")
            .put("14 every port has a contract", "the port DialectPort has no contract")
            .put("15 public signatures use JDK collections", "user.GuavaUser")
            .put("16 SQL is not templated", "jdbi.TemplatedSql")
            .buildOrThrow();

    static Iterable<String> rules() {
        return RULES.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_violation_is_reported(String name) {
        EvaluationResult result = RULES.all().get(name).evaluate(SAMPLES);

        assertThat(result.getFailureReport().getDetails()).anyMatch(detail -> detail.contains(REPORTED.get(name)));
    }

    @Test
    void every_half_of_a_rule_is_reported() {
        assertThat(report("9 secrets are final classes that say their own text"))
                .anyMatch(detail -> detail.contains("OpenSecret") && detail.contains("FINAL"))
                .anyMatch(detail -> detail.contains("PrintedSecret") && detail.contains("record"))
                .anyMatch(detail -> detail.contains("SilentSecret") && detail.contains("its own text"));
        assertThat(report("8 stores are hidden"))
                .anyMatch(detail -> detail.contains("PublicStore") && detail.contains("PUBLIC"))
                .anyMatch(detail -> detail.contains("MisnamedThing") && detail.contains("like its port"));
        assertThat(report("10 the time is handed in"))
                .anyMatch(detail -> detail.contains("InstantSource.system"))
                .anyMatch(detail -> detail.contains("LocalDate.now"))
                .anyMatch(detail -> detail.contains("Date.<init>"))
                .anyMatch(detail -> detail.contains("System.nanoTime"));
        assertThat(report("10 chance is handed in"))
                .anyMatch(detail -> detail.contains("UUID.randomUUID"))
                .anyMatch(detail -> detail.contains("Math.random"))
                .anyMatch(detail -> detail.contains("SecureRandom.<init>"))
                .anyMatch(detail -> detail.contains("ThreadLocalRandom"));
        assertThat(report("12 names say what a type is"))
                .anyMatch(detail -> detail.contains("AbstractUser"))
                .anyMatch(detail -> detail.contains("Inner$NestedHelper"));
        assertThat(report("15 public signatures use JDK collections"))
                .anyMatch(detail -> detail.contains("GuavaUser.<init>") && detail.contains("ImmutableList"))
                .anyMatch(detail -> detail.contains("GuavaUser.names()") && detail.contains("ImmutableList"))
                .anyMatch(detail -> detail.contains("GuavaUser.groups()") && detail.contains("ImmutableSet"))
                .noneMatch(detail -> detail.contains("GuavaUser.kept()"));
        assertThat(report("0 every package named by a rule has classes"))
                .noneMatch(detail -> detail.contains(ROOT + ".user has no classes"));
    }

    @Test
    void what_keeps_to_a_rule_is_not_reported() {
        assertThat(RULES.all().keySet())
                .allSatisfy(name -> assertThat(report(name))
                        .noneMatch(detail -> detail.contains("GoodSecret")
                                || detail.startsWith("Method <" + ROOT + ".server.ServerClock")));
    }

    private static Iterable<String> report(String rule) {
        return RULES.all().get(rule).evaluate(SAMPLES).getFailureReport().getDetails();
    }
}
