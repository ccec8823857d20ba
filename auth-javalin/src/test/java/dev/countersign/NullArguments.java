package dev.countersign;

import com.google.common.base.Defaults;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * Calls what a type offers with a null in the place of each reference that may not be null. The other arguments, and the object itself, are made without their
 * constructors and hold nothing: whatever is done before the null is refused fails in another way.
 */
final class NullArguments {

    private static final ImmutableMap<Class<?>, Object> VALUES = ImmutableMap.<Class<?>, Object>builder()
            .put(String.class, "text")
            .put(CharSequence.class, "text")
            .put(Instant.class, Instant.EPOCH)
            .put(Duration.class, Duration.ofSeconds(1))
            .put(UUID.class, new UUID(1, 1))
            .put(List.class, List.of())
            .put(Map.class, Map.of())
            .put(Set.class, Set.of())
            .put(ImmutableList.class, ImmutableList.of())
            .put(ImmutableMap.class, ImmutableMap.of())
            .put(Class.class, Object.class)
            .put(Enum.class, Thread.State.NEW)
            .put(Number.class, 1)
            .put(Reader.class, Reader.nullReader())
            .put(OutputStream.class, OutputStream.nullOutputStream())
            .put(Writer.class, Writer.nullWriter())
            .put(InputStream.class, InputStream.nullInputStream())
            .buildOrThrow();

    private NullArguments() {}

    /** {@return the parameters whose null is not refused by name, each with what happens instead} */
    static List<String> unchecked(Class<?> type) {
        return Stream.concat(constructors(type), methods(type))
                .flatMap(call -> IntStream.range(0, call.getParameterCount())
                        .filter(i -> refusesNull(type, call, i))
                        .boxed()
                        .flatMap(i -> failure(type, call, i).stream()))
                .toList();
    }

    private static Stream<Executable> constructors(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers()) || type.isEnum()
                ? Stream.empty()
                : Arrays.<Executable>stream(type.getDeclaredConstructors()).filter(NullArguments::isOffered);
    }

    private static Stream<Executable> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(NullArguments::isOffered)
                .filter(method -> !Modifier.isAbstract(method.getModifiers()) && !method.isBridge())
                .filter(method -> !method.getName().equals("equals"))
                .filter(method -> !(type.isEnum() && method.getName().equals("valueOf")))
                .map(method -> method);
    }

    private static boolean isOffered(Executable call) {
        return Modifier.isPublic(call.getModifiers()) && !call.isSynthetic();
    }

    private static boolean refusesNull(Class<?> type, Executable call, int index) {
        AnnotatedType parameter = call.getAnnotatedParameterTypes()[index];
        boolean isComponent = type.isRecord()
                && call instanceof Constructor
                && call.getParameterCount() == type.getRecordComponents().length;
        return !call.getParameterTypes()[index].isPrimitive()
                && !mayBeNull(parameter)
                && !(isComponent && mayBeNull(type.getRecordComponents()[index].getAnnotatedType()));
    }

    private static boolean mayBeNull(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class)
                || (type instanceof AnnotatedTypeVariable variable
                        && Arrays.stream(variable.getAnnotatedBounds()).anyMatch(NullArguments::mayBeNull));
    }

    private static List<String> failure(Class<?> type, Executable call, int index) {
        Parameter[] parameters = call.getParameters();
        @Nullable Object[] arguments = new @Nullable Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            arguments[i] = i == index ? null : sample(parameters[i].getType());
        }
        String name = parameters[index].getName();
        Object result = call(type, call, arguments);
        return result instanceof NullPointerException refused && names(refused, name)
                ? List.of()
                : List.of(type.getName() + "#" + call.getName() + "(" + index + " " + name + "): "
                        + (result instanceof Throwable ? result : "accepted"));
    }

    /** Whether the message is a name, such as that of the field it was meant for, or the virtual machine's with the parameter's name. */
    private static boolean names(NullPointerException refused, String name) {
        String message = String.valueOf(refused.getMessage());
        return SourceVersion.isIdentifier(message) || message.endsWith("because \"" + name + "\" is null");
    }

    private static @Nullable Object call(Class<?> type, Executable call, @Nullable Object[] arguments) {
        try {
            call.setAccessible(true);
            return call instanceof Constructor<?> constructor
                    ? constructor.newInstance(arguments)
                    : ((Method) call).invoke(Modifier.isStatic(call.getModifiers()) ? null : sample(type), arguments);
        } catch (InvocationTargetException thrown) {
            return thrown.getCause();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object sample(Class<?> type) {
        if (type.isPrimitive()) {
            return Defaults.defaultValue(type);
        }
        if (VALUES.containsKey(type)) {
            return VALUES.get(type);
        }
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 1);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isSealed()) {
            return sample(type.getPermittedSubclasses()[0]);
        }
        return type.isInterface() ? proxy(type) : empty(type);
    }

    private static Object proxy(Class<?> type) {
        return Proxy.newProxyInstance(
                type.getClassLoader() == null ? NullArguments.class.getClassLoader() : type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.isDefault()
                        ? InvocationHandler.invokeDefault(self, method, arguments)
                        : Defaults.defaultValue(method.getReturnType()));
    }

    /** An object without any of its fields, as deserialization makes it. */
    private static Object empty(Class<?> type) {
        try {
            Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
            Object made = factory.getMethod("getReflectionFactory").invoke(null);
            Constructor<?> constructor =
                    (Constructor<?>) factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                            .invoke(made, type, Object.class.getConstructor());
            return constructor.newInstance();
        } catch (ReflectiveOperationException | LinkageError impossible) {
            throw new IllegalStateException("no sample of " + type, impossible);
        }
    }
}
