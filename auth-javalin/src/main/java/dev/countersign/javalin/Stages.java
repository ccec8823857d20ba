package dev.countersign.javalin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.servlet.DefaultTasks;
import io.javalin.http.servlet.JavalinServletContext;
import io.javalin.http.servlet.Task;
import io.javalin.http.servlet.TaskInitializer;
import java.util.List;
import java.util.function.Predicate;

/** Adapts the stages of a request in Javalin to the answers of dialects and guards. */
final class Stages {

    private static final String ADAPTED = Stages.class.getName() + ".adapted";
    private static final String PREFLIGHT = Stages.class.getName() + ".preflight";

    private Stages() {}

    /** Skips error handlers for answers of dialects, and route handlers for preflight requests that a guard let pass. */
    static void adapt(List<TaskInitializer<JavalinServletContext>> lifecycle) {
        lifecycle.replaceAll(stage -> {
            if (stage.equals(DefaultTasks.INSTANCE.getERROR())) {
                return unless(JavalinTransport::hasAnswered, stage);
            }
            return stage.equals(DefaultTasks.INSTANCE.getHTTP()) ? unless(Stages::isPreflight, stage) : stage;
        });
    }

    private static TaskInitializer<JavalinServletContext> unless(
            Predicate<Context> skips, TaskInitializer<JavalinServletContext> stage) {
        return (submit, servlet, context, path) -> {
            context.attribute(ADAPTED, true);
            stage.createTasks(
                    (order, task) -> submit.invoke(order, new Task(task.getSkipOnExceptionAndRedirect(), () -> {
                        if (!skips.test(context)) {
                            task.getHandler().handle();
                        }
                        return kotlin.Unit.INSTANCE;
                    })),
                    servlet,
                    context,
                    path);
        };
    }

    /**
     * Lets a preflight request continue to the CORS plugin without running a handler of its route.
     *
     * @return true if it continues; false if the application has replaced Javalin's own stages
     */
    static boolean passPreflight(Context context) {
        if (context.attribute(ADAPTED) == null) {
            return false;
        }
        context.attribute(PREFLIGHT, true);
        return true;
    }

    private static boolean isPreflight(Context context) {
        boolean passed = context.attribute(PREFLIGHT) != null;
        if (passed) {
            context.status(HttpStatus.NOT_FOUND);
        }
        return passed;
    }

    /** Ends a request that has its answer; handlers that run after every request still run. */
    static void end(Context context) {
        if (context instanceof JavalinServletContext servlet) {
            servlet.getTasks().removeIf(Task::getSkipOnExceptionAndRedirect);
        } else {
            context.skipRemainingHandlers();
        }
    }
}
