package dev.countersign.server.config;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Recognizes, by name and value, the environment variables that Kubernetes sets in each container for each service. For a service called {@code auth}
 * they are {@code AUTH_SERVICE_HOST}, {@code AUTH_PORT=tcp://10.0.0.1:80} and more.
 */
final class ServiceVariables {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern LINK = Pattern.compile("(tcp|udp|sctp)://([0-9.]+|\\[?[0-9A-Fa-f:.]+\\]?):[0-9]{1,5}");

    private static final ImmutableMap<Pattern, Pattern> FORMS = ImmutableMap.of(
            name("_SERVICE_HOST"), ADDRESS,
            name("_SERVICE_PORT(_[A-Z0-9_]+)?"), NUMBER,
            name("_PORT(_[0-9]+_(TCP|UDP|SCTP))?"), LINK,
            name("_PORT_[0-9]+_(TCP|UDP|SCTP)_PROTO"), Pattern.compile("tcp|udp|sctp"),
            name("_PORT_[0-9]+_(TCP|UDP|SCTP)_PORT"), NUMBER,
            name("_PORT_[0-9]+_(TCP|UDP|SCTP)_ADDR"), ADDRESS);

    private ServiceVariables() {}

    private static Pattern name(String ending) {
        return Pattern.compile("[A-Z][A-Z0-9_]*?" + ending);
    }

    /** {@return whether Kubernetes set the variable for a service} */
    static boolean matches(Map.Entry<String, String> variable) {
        return FORMS.entrySet().stream()
                .anyMatch(form -> form.getKey().matcher(variable.getKey()).matches()
                        && form.getValue().matcher(variable.getValue()).matches());
    }
}
