package dev.countersign.violation.javalin.server;

import java.time.InstantSource;

public final class ServerClock {

    public InstantSource clock() {
        System.out.println("the server may");
        return InstantSource.system();
    }
}
