package dev.countersign.jdbi.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AuthFault;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqlFailureTest {

    @ParameterizedTest
    @EnumSource(
            value = SQLiteErrorCode.class,
            mode = Mode.MATCH_ANY,
            names = {
                "SQLITE_FULL",
                "SQLITE_READONLY.*",
                "SQLITE_IOERR.*",
                "SQLITE_CANTOPEN.*",
                "SQLITE_PROTOCOL",
                "SQLITE_BUSY.*",
                "SQLITE_LOCKED.*",
                "SQLITE_NOMEM"
            })
    void what_a_machine_may_get_over_is_temporary(SQLiteErrorCode code) {
        assertThat(fault(new SQLiteException(code.message, code)).isTemporary()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = SQLiteErrorCode.class,
            mode = Mode.MATCH_ANY,
            names = {"SQLITE_CORRUPT.*", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_MISMATCH", "SQLITE_CONSTRAINT.*"})
    void what_stays_broken_is_not(SQLiteErrorCode code) {
        assertThat(fault(new SQLiteException(code.message, code)).isTemporary()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = SQLiteErrorCode.class, mode = Mode.MATCH_ANY, names = "SQLITE_READONLY.*")
    void a_connection_that_only_reads_is_worth_another_one(SQLiteErrorCode code) {
        assertThat(SqlFailure.of(new SQLiteException(code.message, code)).retries())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = SQLiteErrorCode.class, mode = Mode.MATCH_ANY, names = "SQLITE_(BUSY|FULL|IOERR)")
    void what_took_its_time_or_may_be_half_done_is_not_repeated(SQLiteErrorCode code) {
        assertThat(SqlFailure.of(new SQLiteException(code.message, code)).retries())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"53100", "53200", "53300", "58030", "25006", "57P01", "57P03", "57P05", "08006", "55P03", "57014"
            })
    void what_a_server_may_get_over_is_temporary(String state) {
        assertThat(fault(new SQLException("no", state)).isTemporary()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX001", "XX002", "42P01", "42501", "22021"})
    void what_stays_broken_in_a_server_is_not(String state) {
        assertThat(fault(new SQLException("no", state)).isTemporary()).isFalse();
    }

    private static AuthFault fault(SQLException thrown) {
        return SqlFailure.fault("storing a user", new UnableToExecuteStatementException(thrown, null));
    }
}
