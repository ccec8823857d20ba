package dev.countersign.api;

import com.google.common.collect.ImmutableList;
import com.google.common.escape.Escaper;
import com.google.common.net.PercentEscaper;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonString;
import dev.countersign.template.SlotValue;
import dev.countersign.template.Slots;
import java.nio.charset.StandardCharsets;

/**
 * Values for headers that programs read: percent-encoded UTF-8 (RFC 3986 §2.1). Visible ASCII stays as it is, except the percent sign and the
 * characters that separate or quote values in a header: comma, semicolon, double quote and backslash.
 */
final class HeaderText {

    private static final Escaper OCTETS = new PercentEscaper("!#$&'()*+-./:<=>?@[]^_`{|}~", false);

    private HeaderText() {}

    /** {@return the same slots, with every text encoded} */
    static Slots encoded(Slots slots) {
        return name -> {
            SlotValue value = slots.value(name);
            return value instanceof SlotValue.OfJson json ? SlotValue.of(encoded(json.value())) : value;
        };
    }

    private static Json encoded(Json value) {
        if (value instanceof JsonString text) {
            return new JsonString(encoded(text.value()));
        }
        return value instanceof JsonArray list
                ? new JsonArray(list.items().stream().map(HeaderText::encoded).collect(ImmutableList.toImmutableList()))
                : value;
    }

    private static String encoded(String text) {
        // An unpaired surrogate has no UTF-8 form; it becomes a question mark.
        return OCTETS.escape(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
}
