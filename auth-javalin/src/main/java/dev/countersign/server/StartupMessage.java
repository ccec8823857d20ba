package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import dev.countersign.api.LoginApi;
import dev.countersign.api.ProxyCheck;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.Route;
import dev.countersign.server.DemoUsers.Demo;
import dev.countersign.user.IdentifierKind;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** What the server prints when it is ready: for each dialect its routes and a login command to paste, and last the address. */
final class StartupMessage {

    private final PrintStream out;
    private final String address;
    private final ClientView view;
    private final boolean isEverywhere;
    private final ImmutableList<Demo> users;

    StartupMessage(PrintStream out, ListeningPort port, ClientView view, boolean demo) {
        this.out = out;
        this.address = port.url();
        this.view = view;
        this.isEverywhere = port.isEverywhere();
        this.users = demo ? DemoUsers.all() : ImmutableList.of();
    }

    void print(List<LoginApi> mounts) {
        if (!users.isEmpty()) {
            out.println("*** DEMONSTRATION: users with published passwords exist in this database. ***");
            out.println("*** Never let others reach it; auth-server user delete --demo removes them. ***");
            for (Demo user : users) {
                out.printf("    %-24s %-10s password: %s%n", user.email(), user.username(), user.shown());
            }
        }
        for (LoginApi mount : mounts) {
            out.println();
            out.println(mount.dialect().name() + ": " + mount.dialect().title());
            mount.proxyCheck()
                    .ifPresent(check -> out.printf("  %-11s GET %s%n", Operation.VERIFY.word(), check.path()));
            for (Endpoint endpoint : mount.dialect().endpoints()) {
                endpoint.routes().stream()
                        .map(route -> route.under(mount.prefix()))
                        .filter(route -> !replaces(mount.proxyCheck(), route))
                        .forEach(route -> out.printf("  %-11s %s%n", endpoint.name(), route));
                if (endpoint.operation() == Operation.LOGIN) {
                    out.println("  " + curl(mount, endpoint));
                }
            }
        }
        out.println();
        if (isEverywhere) {
            out.println("Other machines can use any address of this machine. On this machine:");
        }
        out.println("Listening on " + address);
        out.flush();
    }

    private static boolean replaces(Optional<ProxyCheck> check, Route route) {
        return route.method().equals("GET")
                && route.query().isEmpty()
                && check.filter(found -> found.path().equals(route.path())).isPresent();
    }

    private String curl(LoginApi mount, Endpoint login) {
        Optional<Demo> user = DemoUsers.fitting(mount.dialect().name(), users);
        return LoginCommand.of(view, login.routes().get(0).under(mount.prefix()), login, field -> {
            boolean secret = field.target() == FieldTarget.Named.PASSWORD;
            return user.map(demo -> secret ? demo.shown() : name(demo, field))
                    .orElse(secret ? "PASSWORD" : "IDENTIFIER");
        });
    }

    private static String name(Demo user, Field field) {
        return field.kind() == IdentifierKind.USERNAME ? user.username() : user.email();
    }
}
