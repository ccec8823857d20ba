package dev.countersign.javalin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.servlet.DefaultTasks;
import io.javalin.http.servlet.JavalinServletContext;
import io.javalin.http.servlet.Task;
import io.javalin.http.servlet.TaskInitializer;
import java.util.List;
import java.util.function.Predicate;

/** The stages of a request in Javalin, as far as they must know that a dialect or a guard has decided something. */
final class Stages {

    private static final String KNOWN = Stages.class.getName() + ".known";
    private static final String PREFLIGHT = Stages.class.getName() + ".preflight";

    private Stages() {}

    /** Keeps error handlers from the answers of dialects, and handlers of routes from preflight requests that a guard let pass. */
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
            context.attribute(KNOWN, true);
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
     * Lets a preflight request of a browser go on to what answers it, without running a handler of its route.
     *
     * @return whether it goes on; not where the application has replaced Javalin's own stages
     */
    static boolean passPreflight(Context context) {
        if (context.attribute(KNOWN) == null) {
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

    /** Ends a request that has its answer; handlers that run after every request still do. */
    static void end(Context context) {
        if (context instanceof JavalinServletContext servlet) {
            servlet.getTasks().removeIf(Task::getSkipOnExceptionAndRedirect);
        } else {
            context.skipRemainingHandlers();
        }
    }
}
