package dev.countersign.testkit.contract;

import com.google.common.collect.ImmutableMap;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values captured from earlier answers, for the placeholders of a recording. In an answer, <code>{{first:token}}</code> matches any text of the kind
 * {@code token} and captures it as {@code first}; without a name nothing is captured. <code>{{first}}</code> is replaced by the captured text, and
 * <code>{{first|forged}}</code> by a token made from it.
 */
final class Captures {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]*)(?::([a-z]+))?(?:\\|([a-z]+))?}}");

    private static final ImmutableMap<String, String> KINDS = ImmutableMap.of(
            "token", "[\\w-]+\\.[\\w-]+\\.[\\w-]+",
            "uuid", "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
            "text", ".+");

    private final Map<String, String> remembered = new HashMap<>();

    /** {@return the text with its placeholders replaced by captured values} */
    String fill(String text) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(made(get(place.group(1)), place.group(3))));
    }

    /** {@return whether the actual text matches; if so, its named placeholders are captured} */
    boolean matches(String expected, String actual) {
        StringBuilder regex = new StringBuilder();
        List<String> names = new ArrayList<>();
        Matcher place = PLACE.matcher(expected);
        int end = 0;
        while (place.find()) {
            regex.append(Pattern.quote(expected.substring(end, place.start())));
            if (place.group(2) == null) {
                regex.append(Pattern.quote(get(place.group(1))));
            } else {
                regex.append('(')
                        .append(Objects.requireNonNull(KINDS.get(place.group(2))))
                        .append(')');
                names.add(place.group(1));
            }
            end = place.end();
        }
        regex.append(Pattern.quote(expected.substring(end)));
        Matcher found = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(actual);
        if (!found.matches()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            remembered.put(names.get(i), found.group(i + 1));
        }
        return true;
    }

    /**
     * Decodes a captured token.
     *
     * @param name the name of the capture
     * @return its {@code header} and {@code claims}
     */
    JsonObject decoded(String name) {
        String[] parts = get(name).split("\\.", -1);
        return JsonObject.of(ImmutableMap.of("header", json(parts[0]), "claims", json(parts[1])));
    }

    private static JsonObject json(String part) {
        try {
            return (JsonObject) JsonText.read(Base64.getUrlDecoder().decode(part));
        } catch (JsonSyntaxException broken) {
            throw new IllegalStateException("a token has no JSON in it: " + broken.getMessage(), broken);
        }
    }

    private String get(String name) {
        return Objects.requireNonNull(remembered.get(name), () -> "nothing is remembered as " + name);
    }

    private static String made(String token, String how) {
        if (how == null) {
            return token;
        }
        int signature = token.lastIndexOf('.') + 1;
        return switch (how) {
            case "forged" ->
                token.substring(0, signature)
                        + (token.charAt(signature) == 'A' ? 'B' : 'A')
                        + token.substring(signature + 1);
            case "cut" -> token.substring(0, signature - 1);
            case "unsigned" ->
                Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
                        + token.substring(token.indexOf('.'), signature);
            default -> throw new IllegalArgumentException("a token cannot be " + how);
        };
    }
}
