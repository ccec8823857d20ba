package dev.countersign.bench;

import io.javalin.Javalin;

/** Javalin with one route and no authentication: what the HTTP stack alone can do. Prints the same ready line as the others. */
final class BareJavalin {

    private static final String BODY = "{\"id\":1,\"email\":\"user0@example.org\",\"name\":\"User 0\"}";

    private BareJavalin() {}

    public static void main(String[] arguments) {
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get(
                    "/me", context -> context.contentType("application/json").result(BODY));
        });
        javalin.start("127.0.0.1", 0);
        System.out.println("Listening on http://127.0.0.1:" + javalin.port());
    }
}
