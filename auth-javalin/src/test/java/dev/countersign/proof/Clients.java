package dev.countersign.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** Several clients at once. */
final class Clients {

    private final Tally tally = new Tally();
    private final List<Client> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private AtomicBoolean stopped = new AtomicBoolean();

    Clients(int number, Random random) {
        for (int i = 0; i < number; i++) {
            clients.add(new Client("user-" + (char) ('a' + i), new Random(random.nextLong()), tally));
        }
    }

    Tally tally() {
        return tally;
    }

    List<Account> accounts() {
        List<Account> accounts = new ArrayList<>();
        clients.forEach(client -> accounts.addAll(client.accounts()));
        return accounts;
    }

    void start(Api api) {
        AtomicBoolean flag = new AtomicBoolean();
        stopped = flag;
        threads.clear();
        clients.forEach(client -> threads.add(client.start(api, flag)));
    }

    /** From now on a lost connection is no surprise. */
    void expectEnd() {
        stopped.set(true);
    }

    /** Lets the requests under way finish. */
    void stop() {
        expectEnd();
        threads.forEach(Waiting::join);
    }
}
