package dev.countersign.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableMap;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    private static final ImmutableMap<String, SlotValue> VALUES = ImmutableMap.<String, SlotValue>builder()
            .put("u.id", SlotValue.of(113123))
            .put("u.big", SlotValue.of(9_007_199_254_740_993L))
            .put("u.name", SlotValue.of("Han \"Solo\" 🐎"))
            .put("u.digits", SlotValue.of("0042"))
            .put("u.at", SlotValue.of(Instant.parse("2014-02-11T07:19:55.123456Z")))
            .put("u.iso", SlotValue.of("2019-03-19T16:56:21Z"))
            .put("u.seconds", SlotValue.of(1_552_971_381))
            .put("u.far", SlotValue.of(31_556_889_864_403_199L))
            .put("u.beyond", SlotValue.of(Long.MAX_VALUE))
            .put("u.tags", SlotValue.of(json("[\"a\",1]")))
            .put("u.empty", SlotValue.of(json("[]")))
            .put("u.holes", SlotValue.of(json("[\"a\",null,true]")))
            .put("u.deep", SlotValue.of(json("[\"a\",[1]]")))
            .put("u.object", SlotValue.of(json("{\"a\":1}")))
            .put("u.flag", SlotValue.of(json("true")))
            .put("u.null", SlotValue.of(JsonNull.NULL))
            .put("u.slot", SlotValue.of("${u.id}"))
            .buildOrThrow();

    static final Slots SLOTS = name -> VALUES.getOrDefault(name.toString(), SlotValue.ABSENT);

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "\"${u.id}\" → 113123",
                "\"${ u.id }\" → 113123",
                "\"${u.big}\" → 9007199254740993",
                "\"${u.name}\" → \"Han \\\"Solo\\\" 🐎\"",
                "\"${u.tags}\" → [\"a\",1]",
                "\"${u.flag}\" → true",
                "\"${u.null}\" → null",
                "\"${u.none}\" → null",
                "\"plain\" → \"plain\"",
                "\"\" → \"\"",
                "[1,null,{\"a\":\"${u.id}\"}] → [1,null,{\"a\":113123}]"
            })
    void a_slot_alone_keeps_its_type(String pattern, String filled) {
        assertThat(fill(pattern)).isEqualTo(filled);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "\"id ${u.id}!\" → \"id 113123!\"",
                "\"${u.id}${u.id}\" → \"113123113123\"",
                "\"${u.id} \" → \"113123 \"",
                "\"<${u.none}>\" → \"<>\"",
                "\"<${u.none | default 'x'}>\" → \"<x>\"",
                "\"<${u.slot}>\" → \"<${u.id}>\"",
                "\"<${u.tags}>\" → \"<>\"",
                "\"<${u.object}>\" → \"<>\"",
                "\"<${u.tags | join ' '}>\" → \"<a 1>\"",
                "\"${u.tags | join '}'}}\" → \"a}1}\"",
                "\"${u.tags | join ''''}\" → \"a'1\"",
                "\"${u.tags | join 'x''y'}\" → \"ax'y1\"",
                "\"$5 and 5$\" → \"$5 and 5$\"",
                "\"$${u.id}\" → \"${u.id}\"",
                "\"a $${b} ${u.id}\" → \"a ${b} 113123\"",
                "\"{u.id}\" → \"{u.id}\"",
                "\"}\" → \"}\""
            })
    void slots_in_text_are_put_in_once(String pattern, String filled) {
        assertThat(fill(pattern)).isEqualTo(filled);
    }

    @Test
    void absent_members_are_left_out_where_the_template_says_so() {
        assertThat(
                        fill(
                                "{\"a\":\"${u.none | omit}\",\"b\":\"${u.none}\",\"c\":\"${u.id | omit}\",\"d\":\"${u.null | omit}\"}"))
                .isEqualTo("{\"b\":null,\"c\":113123}");
    }

    @Test
    void order_and_constants_are_kept() {
        String pattern = "{\"z\":1,\"a\":{\"y\":null,\"b\":[]},\"m\":9007199254740993}";
        assertThat(fill(pattern)).isEqualTo(pattern);
    }

    @Test
    void all_problems_are_told_with_their_places() {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Template.of(
                        json("{\"a\":[\"${\"],\"b\":{\"${x}\":1},\"c\":\"${u.id}\",\"d/e\":\"${u.id | upper}\"}")))
                .satisfies(refusal -> assertThat(refusal.problems().keySet())
                        .extracting(JsonPointer::toString)
                        .containsExactlyInAnyOrder("/a/0", "/b/${x}", "/d~1e"));
    }

    @Test
    void slots_are_listed_by_place() {
        Template template = Template.of(json("{\"a\":\"${u.id}\",\"b\":[\"x ${u.name} ${u.at | iso}\",\"plain\"]}"));
        assertThat(template.slots().keySet()).extracting(JsonPointer::toString).containsExactly("/a", "/b/0");
        assertThat(template.slots().get(JsonPointer.parse("/b/0")))
                .extracting(slot -> slot.name().toString())
                .containsExactly("u.name", "u.at");
        assertThat(template.slotAt(JsonPointer.parse("/a"))).isPresent();
        assertThat(template.slotAt(JsonPointer.parse("/b/0"))).isEmpty();
        assertThat(template.slotAt(JsonPointer.parse("/b/1"))).isEmpty();
        assertThat(template.slotAt(JsonPointer.parse("/x"))).isEmpty();
    }

    @Test
    void a_text_is_filled_as_text() {
        assertThat(Template.ofText("Bearer ${u.id}").fillText(SLOTS)).contains("Bearer 113123");
        assertThat(Template.ofText("${u.id}").fillText(SLOTS)).contains("113123");
        assertThat(Template.ofText("${u.none}").fillText(SLOTS)).isEmpty();
        assertThat(Template.ofText("${u.tags}").fillText(SLOTS)).isEmpty();
        assertThat(Template.ofText("${u.object}").fillText(SLOTS)).isEmpty();
        assertThat(Template.ofText("${u.tags | join '+'}").fillText(SLOTS)).contains("a+1");
    }

    @Test
    void templates_of_one_pattern_are_equal() {
        Template template = Template.ofText("Bearer ${u.id}");
        assertThat(template)
                .isEqualTo(Template.ofText("Bearer ${u.id}"))
                .hasSameHashCodeAs(Template.ofText("Bearer ${u.id}"));
        assertThat(template).isNotEqualTo(Template.ofText("Bearer ${u.name}")).isNotEqualTo("Bearer ${u.id}");
        assertThat(template.hashCode())
                .isNotEqualTo(Template.ofText("Bearer ${u.name}").hashCode());
    }

    @ParameterizedTest
    @CsvSource({
        "a,a",
        "a.b.c,a|b|c",
        "a-b._c,a-b|_c",
        "a[\"b.c\"],a|b.c",
        "a[\"b.c\"].d,a|b.c|d",
        "a[\"b\"][\"c\"],a|b|c"
    })
    void names_are_dotted(String text, String parts) {
        assertThat(String.join("|", SlotName.parse(text).parts())).isEqualTo(parts);
    }

    @Test
    void a_quoted_part_may_hold_a_brace() {
        Template template = Template.ofText("${u[\"a}b\"]}");
        assertThat(template.fill(name -> SlotValue.of(name.parts().get(1)))).isEqualTo(new JsonString("a}b"));
    }

    private static String fill(String pattern) {
        return JsonText.write(Template.of(json(pattern)).fill(SLOTS));
    }

    private static Json json(String text) {
        try {
            return JsonText.read(text);
        } catch (JsonSyntaxException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
