package dev.countersign.testkit;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract on a deliberately broken adapter, inside a test, and returns the tests that failed. */
public final class SabotageRun {

    private SabotageRun() {}

    /**
     * Runs the tests of a class. The class is nested and static, so that no test run includes it.
     *
     * @param contract a subclass of a contract
     * @return the names of the methods that failed, in alphabetical order
     * @throws IllegalStateException if no test ran, or the class itself could not be used
     */
    public static ImmutableSortedSet<String> caughtBy(Class<?> contract) {
        return run(requireNonNull(contract, "contract"), test -> true);
    }

    /**
     * Runs one test of a contract, for a broken adapter that is slow with all tests.
     *
     * @param contract a subclass of a contract: nested and static, so that nothing else runs it
     * @param test the name of the test method
     * @return the name, if the test failed
     * @throws IllegalStateException if there is no such test, or the class itself could not be used
     */
    public static ImmutableSortedSet<String> caughtBy(Class<?> contract, String test) {
        requireNonNull(test, "test");
        return run(requireNonNull(contract, "contract"), test::equals);
    }

    private static ImmutableSortedSet<String> run(Class<?> contract, Predicate<String> wanted) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(contract))
                .filters((PostDiscoveryFilter) found -> FilterResult.includedIf(found.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(source -> wanted.test(((MethodSource) source).getMethodName()))
                        .orElse(true)))
                .build();
        Listener listener = new Listener();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .enableLauncherSessionListenerAutoRegistration(false)
                        .build())
                .execute(request, listener);
        if (listener.tests == 0) {
            throw new IllegalStateException("no test of " + contract.getSimpleName() + " ran");
        }
        return ImmutableSortedSet.copyOf(listener.failed);
    }

    private static final class Listener implements TestExecutionListener {

        private final Set<String> failed = new TreeSet<>();
        private int tests;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            tests += test.isTest() ? 1 : 0;
            if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                failed.add(test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(source -> ((MethodSource) source).getMethodName())
                        .orElseThrow(() -> new IllegalStateException(result.toString())));
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            failed.add(test.getDisplayName() + " was skipped");
        }

        @Override
        public void testPlanExecutionStarted(TestPlan plan) {
            tests = 0;
        }
    }
}
