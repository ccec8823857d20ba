package dev.countersign.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.base.CaseFormat;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs one fuzz target for a time; without arguments prints the targets. {@code scripts/fuzz.sh} calls it with JAZZER_FUZZ set. */
final class FuzzProgram {

    private static final List<Class<?>> CLASSES = List.of(
            DialectFileFuzzTest.class,
            HashFuzzTest.class,
            IdentifierFuzzTest.class,
            ImportFuzzTest.class,
            JsonFuzzTest.class,
            KeyFuzzTest.class,
            RequestFuzzTest.class,
            TokenFuzzTest.class);

    private FuzzProgram() {}

    public static void main(String[] arguments) {
        Map<String, Method> targets = targets();
        if (arguments.length == 0) {
            targets.forEach((name, method) -> System.out.println(name + " " + inputs(method)));
            return;
        }
        Method target = targets.get(arguments[0]);
        if (target == null) {
            System.err.println("there is no target " + arguments[0] + "; the targets are " + targets.keySet());
            System.exit(2);
        }
        // Jazzer passes these on to libFuzzer; the first stands for the program's name.
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectMethod(target.getDeclaringClass(), target))
                .configurationParameter("jazzer.internal.arg.0", "fuzz")
                .configurationParameter("jazzer.internal.arg.1", "-max_total_time=" + arguments[1])
                .configurationParameter("jazzer.internal.arg.2", "-timeout=30")
                .build();
        Failures failures = new Failures();
        LauncherFactory.create().execute(request, failures);
        System.exit(failures.failed ? 1 : 0);
    }

    /** The targets by name: the class's without FuzzTest, with the method's where a class has several. */
    private static Map<String, Method> targets() {
        Map<String, Method> targets = new TreeMap<>();
        for (Class<?> type : CLASSES) {
            List<Method> methods = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                    .toList();
            String name = CaseFormat.UPPER_CAMEL.to(
                    CaseFormat.LOWER_HYPHEN, type.getSimpleName().replaceFirst("FuzzTest$", ""));
            methods.forEach(method -> targets.put(
                    methods.size() == 1
                            ? name
                            : name + "-"
                                    + method.getName()
                                            .replaceFirst("^.*?_(of_)?", "")
                                            .replaceFirst("_.*", ""),
                    method));
        }
        return targets;
    }

    /** The folder of a target's inputs, whose files are seeds and run as tests. */
    private static String inputs(Method method) {
        return "src/test/resources/" + method.getDeclaringClass().getName().replace('.', '/') + "Inputs/"
                + method.getName();
    }

    /** Prints what failed. */
    private static final class Failures implements TestExecutionListener {

        private boolean failed;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(failure -> {
                failed = true;
                failure.printStackTrace();
            });
        }
    }
}
