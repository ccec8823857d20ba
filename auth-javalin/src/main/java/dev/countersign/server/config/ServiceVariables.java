package dev.countersign.server.config;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The variables that Kubernetes makes in each container for each service, named after the service: for one called {@code auth} there are
 * {@code AUTH_SERVICE_HOST}, {@code AUTH_PORT=tcp://10.0.0.1:80} and more. They are known by name and value.
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

    /** {@return whether it is such a variable} */
    static boolean isOne(Map.Entry<String, String> variable) {
        return FORMS.entrySet().stream()
                .anyMatch(form -> form.getKey().matcher(variable.getKey()).matches()
                        && form.getValue().matcher(variable.getValue()).matches());
    }
}
