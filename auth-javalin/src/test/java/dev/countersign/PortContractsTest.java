package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every adapter runs every contract of its ports: in memory, on SQLite and on PostgreSQL. */
class PortContractsTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.countersign");
    private static final JavaClasses TESTS = new ClassFileImporter()
            .importPaths(Stream.of("auth-testkit", "auth-jdbi", "auth-javalin")
                    .map(module -> Path.of("..", module, "target", "test-classes"))
                    .filter(Files::isDirectory)
                    .toList());
    private static final PortContracts CONTRACTS = new PortContracts(MAIN, TESTS);

    @Test
    void every_implementation_of_a_port_runs_the_contract() {
        assertThat(CONTRACTS.implementations()).hasSizeGreaterThanOrEqualTo(9);
        assertThat(CONTRACTS.unproven()).isEmpty();
    }

    @Test
    void every_store_runs_the_contract_on_both_databases_and_has_a_fake() {
        assertThat(CONTRACTS.stores())
                .extracting(JavaClass::getSimpleName)
                .contains("JdbiUserStore", "MappedUserStore", "JdbiBulkUserStore");
        assertThat(CONTRACTS.unproven(CONTRACTS.stores(), PortContractsTest::onSqlite))
                .isEmpty();
        assertThat(CONTRACTS.unproven(CONTRACTS.stores(), PortContractsTest::onPostgresql))
                .isEmpty();
        assertThat(CONTRACTS.portsWithoutFake()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.countersign.jdbi.MemberStore", "dev.countersign.docs.Pbkdf2Hasher"})
    void every_adapter_that_a_page_shows_runs_the_contract(String adapter) {
        assertThat(CONTRACTS.unproven(List.of(TESTS.get(adapter)), test -> true))
                .isEmpty();
    }

    @Test
    void an_implementation_that_no_test_covers_is_found() {
        PortContracts untested = new PortContracts(MAIN, new ClassFileImporter().importPaths(List.of()));
        assertThat(untested.unproven())
                .hasSameSizeAs(untested.implementations())
                .anyMatch(name -> name.endsWith("JjwtTokenCodec"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SqliteUserStoreTest",
                "SqliteMappedUserStoreTest",
                "SqliteBulkUserStoreTest",
                "PostgresMappedUserStoreTest",
                "PostgresBulkUserStoreTest"
            })
    void a_store_whose_test_is_gone_from_one_database_is_found(String gone) {
        PortContracts rest = new PortContracts(
                MAIN,
                TESTS.that(DescribedPredicate.describe(
                        "the rest", test -> !test.getSimpleName().equals(gone))));
        assertThat(rest.unproven(
                        rest.stores(), test -> gone.startsWith("Sqlite") ? onSqlite(test) : onPostgresql(test)))
                .hasSize(1);
    }

    private static boolean onSqlite(JavaClass test) {
        return PortContracts.names(test, "dev.countersign.jdbi.SqliteUrl")
                || PortContracts.names(test, "dev.countersign.jdbi.internal.sql.Vendor.SQLITE");
    }

    private static boolean onPostgresql(JavaClass test) {
        return PortContracts.names(test, "dev.countersign.jdbi.Postgres")
                || PortContracts.names(test, "dev.countersign.jdbi.internal.sql.Vendor.POSTGRESQL");
    }
}
