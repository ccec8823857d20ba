package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.api.Answer;
import dev.countersign.api.CorsPolicy;
import dev.countersign.api.LoginApi;
import dev.countersign.api.Request;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.Browser;
import dev.countersign.javalin.http.RunningApp.Parts;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java of docs/browsers.md, and the keys that it names. */
class BrowsersPageTest {

    private static final Pattern KEY = Pattern.compile("(?m)^\\| `(\\w+)` \\| `");

    private static LoginApi api(Auth auth) {
        // snippet: policy
        LoginApi api =
                LoginApi.of(auth).withCors(CorsPolicy.allowing("https://app.example.com", "http://localhost:5173"));
        // end
        return api;
    }

    @Test
    void a_page_logs_in_and_reads_its_user() {
        Asked asked = new Asked(ShippedDialects.dialect("standard"));
        Browser page = new Browser(api(new Parts().mount(asked.dialect()).auth())::handle, asked.dialect());

        Answer login = page.apply(Request.of("POST", asked.loginPath())
                .json(asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD))));
        assertThat(login.status()).isEqualTo(200);
        String token = login.text().replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
        Answer user = page.apply(Request.of("GET", asked.mePath()).header("Authorization", "Bearer " + token));
        assertThat(user.text()).contains("Han");
    }

    @Test
    @SuppressWarnings("unchecked")
    void every_key_is_named_and_every_named_key_exists() throws Exception {
        Field keys = Class.forName("dev.countersign.server.config.CorsReader").getDeclaredField("KEYS");
        keys.setAccessible(true);
        assertThat(KEY.matcher(Files.readString(Path.of("../docs/browsers.md")))
                        .results()
                        .map(row -> row.group(1)))
                .containsExactlyElementsOf((List<String>) keys.get(null));
    }
}
