package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.KeyRingTable;
import dev.countersign.jdbi.table.SealedRing;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRingTableTest {

    private static final SealedRing FIRST = new SealedRing("standard", 1, "c2VhbGVk", "a1");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void a_ring_is_stored_once_and_replaced_by_its_next_version(Vendor vendor) {
        KeyRingTable rings = rings(vendor);
        assertThat(rings.find("standard")).isEmpty();
        assertThat(rings.insert(FIRST)).isTrue();
        assertThat(rings.insert(new SealedRing("standard", 1, "other", "a1"))).isFalse();
        assertThat(rings.find("standard")).contains(FIRST);
        SealedRing second = new SealedRing("standard", 2, "next", "b2");
        assertThat(rings.replace(List.of(second))).isTrue();
        assertThat(rings.replace(List.of(second))).isFalse();
        assertThat(rings.replace(List.of(new SealedRing("standard", 4, "later", "b2"))))
                .isFalse();
        assertThat(rings.replace(List.of(new SealedRing("nobody", 2, "later", "b2"))))
                .isFalse();
        assertThat(rings.all()).containsExactly(second);
        assertThat(rings.versions()).isEqualTo(Map.of("standard", 2L));
    }

    @ParameterizedTest
    @EnumSource
    void several_rings_are_replaced_all_or_none(Vendor vendor) {
        KeyRingTable rings = rings(vendor);
        SealedRing other = new SealedRing("payop", 1, "b3RoZXI", "a1");
        rings.insert(FIRST);
        rings.insert(other);
        assertThat(rings.replace(
                        List.of(new SealedRing("payop", 2, "x", "b2"), new SealedRing("standard", 3, "x", "b2"))))
                .isFalse();
        assertThat(rings.all()).containsExactly(other, FIRST);
    }

    @ParameterizedTest
    @EnumSource
    void of_writers_at_once_one_wins(Vendor vendor) throws Exception {
        KeyRingTable rings = rings(vendor);
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            assertThat(count(writers.invokeAll(attempts(() -> rings.insert(FIRST)))))
                    .isEqualTo(1);
            SealedRing second = new SealedRing("standard", 2, "next", "a1");
            assertThat(count(writers.invokeAll(attempts(() -> rings.replace(List.of(second))))))
                    .isEqualTo(1);
        } finally {
            writers.shutdownNow();
        }
    }

    private static List<Callable<Boolean>> attempts(Callable<Boolean> attempt) {
        return Collections.nCopies(8, attempt);
    }

    private static int count(List<Future<Boolean>> results) throws Exception {
        int won = 0;
        for (Future<Boolean> result : results) {
            won += result.get() ? 1 : 0;
        }
        return won;
    }

    @ParameterizedTest
    @EnumSource
    void without_the_table_there_are_no_rings(Vendor vendor) {
        KeyRingTable rings = JdbiAuthStores.over(Samples.fresh(vendor, folder)).keyRings();
        assertThat(rings.all()).isEmpty();
        assertThat(rings.find("standard")).isEmpty();
    }

    @Test
    void versions_count_from_one() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SealedRing("standard", 0, "x", "a1"));
    }

    private KeyRingTable rings(Vendor vendor) {
        JdbiAuthStores stores = JdbiAuthStores.over(Samples.fresh(vendor, folder));
        stores.migrate();
        return stores.keyRings();
    }
}
