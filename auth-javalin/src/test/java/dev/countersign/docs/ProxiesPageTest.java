package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.LoginApi;
import dev.countersign.api.ProxyCheck;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.MountConfig;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/proxies.md; {@code scripts/proxies.sh} runs the configurations of proxies. */
class ProxiesPageTest {

    private static final Pattern KEY = Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE);
    private static final Pattern SHOWN =
            Pattern.compile("<!-- file: ([\\w.]+) -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL);

    private final String page = Pages.text("docs/proxies.md");

    @TempDir
    private Path folder;

    private String file(String name) {
        return SHOWN.matcher(page)
                .results()
                .filter(shown -> shown.group(1).equals(name))
                .map(shown -> shown.group(2))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_key_of_verify_is_named_and_every_named_key_exists() throws ReflectiveOperationException {
        Field keys = Class.forName(ConfigLoader.class.getPackageName() + ".ProxyCheckReader")
                .getDeclaredField("KEYS");
        keys.setAccessible(true);
        assertThat(KEY.matcher(page).results().map(row -> row.group(1)).toList())
                .isEqualTo(keys.get(null));
    }

    @Test
    void the_configuration_of_the_server_is_read_as_it_is_shown() throws Exception {
        Path file = Files.writeString(folder.resolve("auth.yaml"), file("auth.yaml"));

        List<MountConfig> mounts = new ConfigLoader(Map.of())
                .load(Map.of(), Optional.of(file.toString()))
                .dialects();

        assertThat(mounts).extracting(MountConfig::name).containsExactly("standard", "payop");
        assertThat(mounts).allSatisfy(mount -> {
            ProxyCheck check = mount.verify().orElseThrow();
            assertThat(check.path()).isEqualTo("/auth/verify");
            assertThat(check.headerNames()).containsExactly("X-Auth-User-Id", "X-Auth-User-Name", "X-Auth-Role");
        });
    }

    @Test
    void every_proxy_gets_every_header_of_the_configuration() {
        for (String name : List.of("nginx.conf", "Caddyfile", "verify.lua", "traefik.yaml")) {
            for (String header : List.of("x-auth-user-id", "x-auth-user-name", "x-auth-role")) {
                assertThat(file(name)).as(name).containsIgnoringCase(header);
            }
        }
    }

    @Test
    void the_page_names_the_method_for_embedders_and_every_file_that_the_program_reads() {
        assertThat(LoginApi.class.getMethods())
                .anyMatch(method -> method.getName().equals("withProxyCheck"));
        assertThat(SHOWN.matcher(page).results().map((MatchResult shown) -> shown.group(1)))
                .containsExactly(
                        "auth.yaml",
                        "nginx.conf",
                        "Caddyfile",
                        "haproxy.cfg",
                        "verify.lua",
                        "traefik.yaml",
                        "tls.conf");
    }
}
