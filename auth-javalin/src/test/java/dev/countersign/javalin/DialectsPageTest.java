package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.file.DialectFile;
import dev.countersign.dialect.file.DialectKey;
import dev.countersign.dialect.file.DialectReader;
import dev.countersign.dialect.file.DialectSource;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.dialect.file.SlotScope;
import dev.countersign.file.InvalidFileException;
import dev.countersign.internal.yaml.YamlDocument;
import dev.countersign.json.Json;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.PasswordHasher;
import dev.countersign.template.Slot;
import dev.countersign.template.SlotValue;
import dev.countersign.template.Slots;
import dev.countersign.template.Template;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.NamedUsers;
import dev.countersign.user.UserSlots;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about dialects is true: its file runs, answers as the page says, and every key there is has its heading. */
class DialectsPageTest {

    private static final String ELLIPSIS = "eyJ…";
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final DialectsPage page = DialectsPage.read();

    private String finished() {
        ImmutableList<String> blocks = page.blocks("yaml");
        return blocks.get(blocks.size() - 1);
    }

    @Test
    void the_steps_are_parts_of_the_finished_file() {
        assertThat(page.blocks("yaml"))
                .hasSizeGreaterThan(5)
                .allSatisfy(block -> assertThat(finished()).contains(block));
    }

    @Test
    void the_finished_file_answers_as_the_page_says() throws Exception {
        MutableClock clock = new MutableClock();
        InMemoryUserStore users = new InMemoryUserStore();
        PasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
        NamedUsers.storeIn(users, hasher);
        Dialect dialect = DialectReader.read("page.yaml", finished(), Map.of());
        LoginApi mount = DialectServer.mount(dialect, users, hasher, DialectServer.newKey(dialect, clock), clock);
        ImmutableList<String> blocks = page.blocks("http");
        assertThat(blocks.size()).isGreaterThan(20).isEven();
        try (DialectServer.Served server = DialectServer.serve(mount)) {
            String token = "";
            for (int i = 0; i < blocks.size(); i += 2) {
                HttpResponse<String> answer =
                        ask(server.address(), blocks.get(i).replace(ELLIPSIS, token));
                compare(blocks.get(i), blocks.get(i + 1), answer);
                Matcher found = TOKEN.matcher(answer.body());
                token = found.find() ? found.group() : token;
            }
        }
    }

    private static HttpResponse<String> ask(URI address, String block) throws Exception {
        String[] parts = block.split("\n\n", 2);
        List<String> lines = parts[0].lines().toList();
        String[] route = lines.get(0).split(" ", 2);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + route[1]));
        lines.stream().skip(1).map(line -> line.split(": ", 2)).forEach(header -> request.header(header[0], header[1]));
        request.method(
                route[0], parts.length == 1 ? BodyPublishers.noBody() : BodyPublishers.ofString(parts[1].strip()));
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static void compare(String asked, String expected, HttpResponse<String> answer) throws JsonSyntaxException {
        String[] parts = expected.split("\n\n", 2);
        List<String> lines = parts[0].lines().toList();
        assertThat(Integer.toString(answer.statusCode()))
                .as("%s%s", asked, answer.body())
                .isEqualTo(lines.get(0));
        lines.stream()
                .skip(1)
                .map(line -> line.split(": ", 2))
                .forEach(header -> assertThat(answer.headers().allValues(header[0]))
                        .as(asked)
                        .containsExactly(header[1]));
        String body = parts.length == 1 ? "" : parts[1].strip();
        String told = TOKEN.matcher(answer.body()).replaceAll(ELLIPSIS);
        assertThat(told).as(asked).isEqualTo(body.startsWith("{") ? JsonText.write(JsonText.read(body)) : body);
    }

    @Test
    void the_examples_of_quotes_around_a_pattern_all_write_the_same_time() throws Exception {
        Slots slots = name -> SlotValue.of(Instant.parse("2014-02-11T07:19:55Z"));
        assertThat(page.examples()).hasSize(3).allSatisfy(example -> {
            Json read = YamlDocument.read("page.yaml", example.group(1)).root();
            assertThat(Template.of(read).fillText(slots)).contains("2014-02-11T07:19:55");
        });
        assertThat(page.examples().get(0).group(2)).isEqualTo("2014-02-11T07:19:55");
    }

    @Test
    void the_finished_file_has_no_warnings() throws Exception {
        assertThat(DialectSource.parse("page.yaml", finished()).read(Map.of()).warnings())
                .isEmpty();
    }

    @Test
    void the_lines_that_give_an_old_api_refresh_tokens_have_only_the_warning_that_the_page_names() throws Exception {
        String file = ShippedDialects.text("analogue");
        for (String block : page.blocks("diff")) {
            String before = block.lines()
                    .filter(line -> !line.startsWith("+"))
                    .map(line -> line.substring(1) + "\n")
                    .collect(Collectors.joining());
            String after = block.lines().map(line -> line.substring(1) + "\n").collect(Collectors.joining());
            assertThat(file).contains(before);
            file = file.replace(before, after);
        }

        DialectFile read = DialectSource.parse("analogue.yaml", file).read(Map.of());

        assertThat(read.warnings()).singleElement().asString().contains("get the same token");
        assertThat(read.dialect().refresh()).isPresent();
        assertThat(read.dialect().endpoints())
                .extracting(Endpoint::name)
                .containsExactly("login", "me", "refresh", "logout");
    }

    @Test
    void a_slot_in_a_message_is_refused_because_it_would_be_told_as_it_is() {
        String file = finished().replace("message: Come aboard first.", "message: \"${error.method} what?\"");

        assertThatThrownBy(() -> DialectReader.read("page.yaml", file, Map.of()))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("/errors/missing_token/message")
                .hasMessageContaining("put the slot into the body");
    }

    @Test
    void every_key_slot_and_conversion_has_its_heading_and_every_heading_is_one() {
        Set<String> known = new TreeSet<>();
        for (DialectKey mapping : DialectKey.values()) {
            String prefix = mapping.place().isEmpty() ? "" : mapping.place() + ".";
            mapping.keys().forEach(key -> known.add(prefix + key));
        }
        Stream<String> ofUser = UserSlots.names().stream().map(name -> UserSlots.SOURCE + "." + name);
        Stream<String> ofOthers = Arrays.stream(SlotScope.values()).flatMap(scope -> scope.names().stream());
        Stream.concat(ofUser, ofOthers).forEach(slot -> known.add("${" + slot + "}"));
        Slot.conversionWords().forEach(word -> known.add("| " + word));

        assertThat(new TreeSet<>(page.headings())).containsExactlyElementsOf(known);
        assertThat(page.headings()).doesNotHaveDuplicates();
    }
}
