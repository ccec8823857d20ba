package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restore_the_locale() {
        Locale.setDefault(locale);
    }

    @ParameterizedTest
    @CsvSource({
        "han@example.com,HAN@Example.COM",
        "straße,STRASSE",
        "straße,STRAẞE",
        "όσος,ΌΣΟΣ",
        "όσοσ,όσος",
        "é,É",
        "e\u0301,É",
        "Å,Å",
        "ﬁ,FI",
        "ŉ,ʼN",
        "ǅ,ǆ",
        "𐐨,𐐀",
        "İ,i\u0307",
        "\u13A0,\uAB70",
        "\u1FB3,\u0391\u0399",
        "anna@münchen.example,ANNA@xn--mnchen-3ya.example",
        "anna@münchen.example,anna@MU\u0308NCHEN\u3002Example",
        "anna@münchen.example,anna@xn--MNCHEN-3YA.EXAMPLE.",
        "anna@example.com,Anna@EXAMPLE.com.",
        "anna@example.com,anna@ＥＸＡＭＰＬＥ．com",
        "anna@faß.example,anna@FAẞ.example",
        "anna@faß.example,anna@xn--fa-hia.example"
    })
    void case_and_composition_do_not_matter(String one, String other) {
        assertThat(Identifier.typed(one)).isEqualTo(Identifier.typed(other)).hasSameHashCodeAs(Identifier.typed(other));
        assertThat(Identifier.typed(one).folded())
                .isEqualTo(Identifier.typed(other).folded());
    }

    @ParameterizedTest
    @CsvSource({
        "e,é",
        "ı,i",
        "ı,I",
        "İ,I",
        "İ,i",
        "o,ö",
        "a b,ab",
        "а,a",
        "1,１",
        "p1@example.com,p1\u200B@example.com",
        "p1@example.com,p1@exam\u00ADple.com",
        "anna@faß.example,anna@fass.example",
        "anna@faß.example,anna@xn--fass.example",
        "anna@example.com,anna@example.com..",
        "anna@example.com,'anna@example,com'"
    })
    void other_letters_are_other_letters(String one, String other) {
        assertThat(Identifier.typed(one)).isNotEqualTo(Identifier.typed(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "az", "lt", "el", "de", "en"})
    void no_locale_changes_anything(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(Identifier.typed("TITANIC@EXAMPLE.COM").folded()).isEqualTo("titanic@example.com");
        assertThat(Identifier.typed("İI").folded()).isEqualTo("i\u0307i");
        assertThat(Identifier.typed("ΟΣ").folded()).isEqualTo("οσ");
    }

    @Test
    void what_was_typed_is_kept() {
        assertThat(Identifier.email("Han.Solo@Example.COM").orElseThrow().text())
                .isEqualTo("Han.Solo@Example.COM");
        assertThat(Identifier.username("Ĥan").orElseThrow()).hasToString("Ĥan");
    }

    @Test
    void white_space_around_what_is_looked_up_is_dropped() {
        assertThat(Identifier.typed(" han@example.com\n"))
                .isEqualTo(Identifier.email("han@example.com").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\0", "a\0b", "\uD800", "a\nb"})
    void what_cannot_be_stored_is_folded_to_nothing(String text) {
        assertThat(Identifier.typed(text).folded()).isEmpty();
    }

    @Test
    void what_is_too_long_is_folded_to_nothing() {
        assertThat(Identifier.typed("x".repeat(1_000_000)).folded()).isEmpty();
        assertThat(Identifier.typed("x".repeat(1_000_000))).isNotEqualTo(Identifier.typed("y".repeat(1_000_000)));
    }

    @Test
    void what_is_too_long_costs_no_work() {
        String marks = "a" + "\u0323\u0307".repeat(240_000);
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            for (int i = 0; i < 100; i++) {
                assertThat(Identifier.typed(marks).folded()).isEmpty();
                assertThat(Identifier.typed(marks).formerlyFolded()).isEmpty();
                assertThat(Identifier.username(marks)).isEmpty();
                assertThat(Identifier.email(marks + "@example.com")).isEmpty();
                assertThat(Identifier.forbidden(marks)).isEmpty();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "p1\u200B@example.com,p1\u200B@example.com",
        "anna@münchen.example,anna@münchen.example",
        "ada\uFEFF,ada\uFEFF",
        "anna@fass.example,anna@faß.example",
        "\uAB70,\u13A0"
    })
    void what_a_former_release_compared_is_still_known(String former, String typed) {
        assertThat(Identifier.typed(typed).formerlyFolded()).isEqualTo(former);
        assertThat(Identifier.typed(typed)).isEqualTo(Identifier.typed(typed));
        assertThat(Identifier.typed(typed).folded()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "han.solo+tag@example.com",
                "ünïcode@exämple.com",
                "🐎@example.com",
                "han..solo.@example.com",
                "o'han!#$%&*+/=?^_`{|}~-@example.com",
                "han@example.com.",
                "han@xn--mnchen-3ya.example",
                "han@r3---sn.example",
                "han@under_score.example",
                "han@localhost",
                "han@例え。テスト",
                "חן@דוגמה.example"
            })
    void addresses_are_taken(String text) {
        assertThat(Identifier.email(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "a@",
                "@b",
                "ab",
                "a@b@c",
                "a b@c",
                " a@b",
                "a@b ",
                "a@b\n",
                "a\0@b",
                "a@b,c@d",
                "<a@b>",
                "a\tb@c",
                "a\u00A0b@c",
                "a\u2003b@c",
                "a\u3000b@c",
                "a\u0085b@c",
                "\uD800@b",
                "\"quoted\"@example.com",
                "\"a b\"@example.com",
                "a(comment)@example.com",
                "a@example.com(comment)",
                "a\\b@example.com",
                "a:b@c",
                "a;b@c",
                "a[b]@c",
                "a@[192.0.2.1]",
                "a@.b",
                "a@b..c",
                "a@b..",
                "a@.",
                "a@-b.c",
                "a@b-.c",
                "a@b!c",
                "a@xn--a",
                "a@xn--fass",
                "a@b\u3002\u3002c",
                "a@b\u0627c",
                "a@\u0301b",
                "a@b＠c"
            })
    void what_is_no_address_is_refused(String text) {
        assertThat(Identifier.email(text)).isEmpty();
    }

    @Test
    void length_is_counted_in_code_points() {
        String domain = ("x".repeat(62) + ".").repeat(3) + "x".repeat(62);
        assertThat(Identifier.email("🐎".repeat(68) + "@" + domain)).isPresent();
        assertThat(Identifier.email("🐎".repeat(69) + "@" + domain)).isEmpty();
        assertThat(Identifier.username("🐎".repeat(320))).isPresent();
        assertThat(Identifier.username("🐎".repeat(321))).isEmpty();
    }

    @Test
    void a_domain_is_as_long_as_the_dns_allows() {
        assertThat(Identifier.email("a@" + "x".repeat(63) + ".example")).isPresent();
        assertThat(Identifier.email("a@" + "x".repeat(64) + ".example")).isEmpty();
        assertThat(Identifier.email("a@" + "ü".repeat(57) + ".example")).isPresent();
        assertThat(Identifier.email("a@" + "ü".repeat(63) + ".example")).isEmpty();
        assertThat(Identifier.email("a@" + "x.".repeat(126) + "x")).isPresent();
        assertThat(Identifier.email("a@" + "x.".repeat(127) + "x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"han", "han solo", "123", "ß", "a@b"})
    void usernames_are_taken(String text) {
        assertThat(Identifier.username(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " han", "han ", "h\0n", "h\u007Fn", "h\u0085n", "han\n", "\uDC00"})
    void what_is_no_username_is_refused(String text) {
        assertThat(Identifier.username(text)).isEmpty();
    }

    @Test
    void a_number_is_the_same_username_and_shown_as_a_number() {
        Identifier number = Identifier.username(9_007_199_254_740_993L);
        assertThat(number).isEqualTo(Identifier.typed("9007199254740993"));
        assertThat(number.isNumber()).isTrue();
        assertThat(Identifier.typed("9007199254740993").isNumber()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL,han,ByEmail",
        "EMAIL,han@x,ByEmail",
        "USERNAME,han@x,ByUsername",
        "EITHER,han@x,ByEmail",
        "EITHER,han,ByUsername"
    })
    void one_look_up_is_chosen(IdentifierKind kind, String typed, String key) {
        assertThat(kind.key(Identifier.typed(typed)).getClass().getSimpleName()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, ada@example.com, true",
        "ada@example.com, ADA@Example.COM, true",
        "ada@example.com, ada, true",
        "ada@example.com, Ada, true",
        "ada@example.com, example.com, false",
        "ada@example.com, ad, false",
        "ada, ada, true",
        "ada, '', false",
        "@example.com, '', false",
        "@example.com, @example.com, true"
    })
    void a_password_that_is_the_name_or_the_part_before_the_at_is_given_away(
            String identifier, String password, boolean given) {
        assertThat(Identifier.typed(identifier).gives(password)).isEqualTo(given);
    }

    @Test
    void what_starts_with_an_at_looks_like_an_address_too() {
        assertThat(Identifier.typed("@ada").looksLikeEmail()).isTrue();
        assertThat(Identifier.typed("ada").looksLikeEmail()).isFalse();
    }
}
