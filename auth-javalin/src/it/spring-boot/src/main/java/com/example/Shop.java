package com.example;

import dev.countersign.jdbi.SqliteUrl;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A shop on Spring Boot whose customers log in as the RealWorld API has it. */
@SpringBootApplication
public class Shop {

    public static void main(String[] arguments) throws Exception {
        Map<String, Object> settings = Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.datasource.url", SqliteUrl.of(Path.of(arguments[0], "shop.db")),
                "spring.sql.init.mode", "always",
                "spring.main.banner-mode", "off");
        try (ConfigurableApplicationContext shop = new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.SERVLET)
                .properties(settings)
                .run()) {
            int port = ((WebServerApplicationContext) shop).getWebServer().getPort();
            new Visitor(port, shop.getBean(JdbcTemplate.class)).visit();
        }
        System.out.println("all is right");
    }
}
