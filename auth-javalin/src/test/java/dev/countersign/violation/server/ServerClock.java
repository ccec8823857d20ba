package dev.countersign.violation.server;

import java.time.InstantSource;

public final class ServerClock {

    public InstantSource clock() {
        System.out.println("the server may");
        return InstantSource.system();
    }
}
