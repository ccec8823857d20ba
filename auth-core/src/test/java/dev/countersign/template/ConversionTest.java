package dev.countersign.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between a slot's braces: quotes, conversions and their arguments. */
class ConversionTest {

    private static final Slots SLOTS = TemplateTest.SLOTS;

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "u.id | string → \"113123\"",
                "u.big|string → \"9007199254740993\"",
                "u.flag | string → \"true\"",
                "u.none | string → null",
                "u.digits | integer → 42",
                "u.name | integer → null",
                "u.id | integer → 113123",
                "u.flag | integer → null",
                "u.id | milliseconds → 113123000",
                "u.big | milliseconds → 9007199254740993000",
                "u.digits | integer | milliseconds → 42000",
                "u.name | milliseconds → null",
                "u.flag | milliseconds → null",
                "u.none | milliseconds → null",
                "u.at | epoch-seconds → 1392103195",
                "u.at | epoch-millis → 1392103195123",
                "u.at | iso → \"2014-02-11T07:19:55.123456Z\"",
                "u.at → \"2014-02-11T07:19:55.123456Z\"",
                "u.at | date yyyy-MM-dd HH:mm:ss → \"2014-02-11 07:19:55\"",
                "u.at | date 'yyyy|MM' → \"2014|02\"",
                "u.at | epoch-seconds | string → \"1392103195\"",
                "u.iso | epoch-seconds → 1553014581",
                "u.iso | date yyyy → \"2019\"",
                "u.seconds | iso → \"2019-03-19T04:56:21Z\"",
                "u.name | iso → null",
                "u.flag | date yyyy → null",
                "u.far | epoch-millis → null",
                "u.beyond | iso → null",
                "u.none | iso → null",
                "u.none | date yyyy → null",
                "u.none | default 'a | b' → \"a | b\"",
                "u.none | default 7 → 7",
                "u.none | default -1.5 → -1.5",
                "u.none | default true → true",
                "u.none | default false → false",
                "u.none | default [] → []",
                "u.none | default {} → {}",
                "u.none | default '' → \"\"",
                "u.none | default 'x' | string → \"x\"",
                "u.none | string | default 'x' → \"x\"",
                "u.null | default 1 → 1",
                "u.name | integer | default 0 → 0",
                "u.id | default 1 → 113123",
                "u.none | omit → null",
                "u.tags | join ' ' → \"a 1\"",
                "u.tags | join '' → \"a1\"",
                "u.tags | join '|}' → \"a|}1\"",
                "u.tags | join \", \" → \"a, 1\"",
                "u.empty | join ',' → \"\"",
                "u.holes | join ',' → \"a,true\"",
                "u.deep | join ',' → null",
                "u.deep | join ',' | default 'x' → \"x\"",
                "u.object | join ',' → null",
                "u.name | join ',' → \"Han \\\"Solo\\\" 🐎\"",
                "u.id | join ',' → 113123",
                "u.none | join ',' → null",
                "u.tags | string → null",
                "u.object | string → null",
                "u.tags | string | default 'none' → \"none\"",
                "u.at | date 'yyyy-MM-dd''T''HH:mm:ss' → \"2014-02-11T07:19:55\"",
                "u.at | date \"yyyy-MM-dd'T'HH:mm:ss\" → \"2014-02-11T07:19:55\"",
                "u.at | date yyyy-MM-dd'T'HH:mm:ss → \"2014-02-11T07:19:55\"",
                "u.at | date \"yyyy-MM-dd\" → \"2014-02-11\"",
                "u.at | date 'EEE, dd MMM yyyy HH:mm:ss ''GMT''' → \"Tue, 11 Feb 2014 07:19:55 GMT\"",
                "u.at | date 'MMMM d, h:mm a' → \"February 11, 7:19 AM\"",
                "u.at | date 'HH ''o''''clock''' → \"07 o'clock\"",
                "u.at | date 'yyyy-MM-dd''}''' → \"2014-02-11}\"",
                "u.at | date \"yyyy'|'MM\" → \"2014|02\"",
                "u.at | date 'XXX z' → \"Z Z\"",
                "u.none | default 'it''s' → \"it's\"",
                "u.none | default \"say \"\"x\"\"\" → \"say \\\"x\\\"\"",
                "u.none | default '}' → \"}\"",
                "u.none | default '${x}' → \"${x}\""
            })
    void values_are_converted(String slot, String filled) {
        assertThat(JsonText.write(Template.ofText("${" + slot + "}").fill(SLOTS)))
                .isEqualTo(filled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${",
                "${u.id",
                "${}",
                "${ }",
                "${u.}",
                "${.u}",
                "${u..id}",
                "${1}",
                "${u.id | }",
                "${u.id |}",
                "${| string}",
                "${u.id | upper}",
                "${u.id | string 1}",
                "${u.id | default}",
                "${u.id | date}",
                "${u.id | date ''' }",
                "${u.id | date QQQQQQQ}",
                "${u.id | default nope}",
                "${u.id | default 01}",
                "${u.id | default 'open}",
                "${u id}",
                "${u.id} ${",
                "${u.id string}",
                "${u[id]}",
                "${u['id']}",
                "${u.at | date 'yyyy-MM-dd'T'HH:mm:ss'}",
                "${u.at | date \"yyyy\"-\"MM\"}",
                "${u.at | date ''}",
                "${u.at | date '--'}",
                "${u.at | date '''T'''}",
                "${u.at | date 'yyyy}",
                "${u.at | date yyyy'T}",
                "${u.at | date YYYY-MM-dd}",
                "${u.at | date 'ww'}",
                "${u.at | date 'G yyyy'}",
                "${u.at | date 'jj'}",
                "${u.at | date 'yyyy-MM-dd THH'}",
                "${u.at | date 'MMMMMM'}",
                "${u.at | date '{yyyy}'}",
                "${u.tags | join}",
                "${u.tags | join ,}",
                "${u.tags | join ', }",
                "${u.none | default 'it's'}",
                "${u.none | default \"a\\\"b\"}",
                "${u.none | default 'a' 'b'}",
                "${u.none || string}"
            })
    void what_cannot_be_read_is_refused(String text) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Template.ofText(text))
                .satisfies(refusal -> assertThat(refusal.problems()).containsOnlyKeys(JsonPointer.ROOT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "u.at | date 'yyyy-MM-dd'T'HH' → double a quote inside quotes, as in date 'yyyy-MM-dd''T''HH:mm:ss'",
                "u.at | date 'YYYY' → letters that mean the same everywhere: y M d for the date",
                "u.at | date 'yyyyTHH' → letters that are text in doubled quotes: 'yyyy-MM-dd''T''HH:mm'",
                "u.tags | join , → a separator in quotes, as in join ' '",
                "u.id | isoo → there are string, integer, milliseconds, epoch-seconds, epoch-millis, iso, omit, date, join, default",
                "u.id | default x → a default is 'text', a number, true, false, [] or {}"
            })
    void a_problem_says_what_would_be_right(String slot, String right) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Template.ofText("${" + slot + "}"))
                .satisfies(refusal -> assertThat(
                                refusal.problems().get(JsonPointer.ROOT).right())
                        .contains(right));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "u.id | string 1 → string takes no argument",
                "u.id | default → default takes an argument",
                "u.id | date → date takes an argument",
                "u.id | isoo → no such conversion: isoo",
                "u.id | → there is no conversion after a bar",
                "u.at | date '--' → shows nothing of the time",
                "u.at | date 'ww' → the letter w in the date pattern ww"
            })
    void a_problem_says_what_was_found(String slot, String found) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Template.ofText("${" + slot + "}"))
                .satisfies(refusal -> assertThat(
                                refusal.problems().get(JsonPointer.ROOT).found())
                        .contains(found));
    }

    @Test
    void a_slot_of_many_characters_is_read_without_recursion() {
        String many = "x".repeat(200_000);
        assertThat(Template.ofText("${u.none | default \"" + many + "\"}").fill(SLOTS))
                .isEqualTo(new JsonString(many));
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Template.ofText("${u.none | default " + "{".repeat(200_000) + "}"));
    }
}
