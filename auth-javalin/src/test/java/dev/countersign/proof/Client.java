package dev.countersign.proof;

import com.google.common.collect.ImmutableMap;
import dev.countersign.proof.Account.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** Registers users, changes their passwords and profiles, and remembers what was acknowledged. What was not, it sends again. */
final class Client {

    private static final Duration PAUSE = Duration.ofMillis(25);

    private final String name;
    private final Random random;
    private final Tally tally;
    private final List<Account> accounts = new ArrayList<>();

    Client(String name, Random random, Tally tally) {
        this.name = name;
        this.random = random;
        this.tally = tally;
    }

    List<Account> accounts() {
        return accounts;
    }

    /** Works until it is stopped, or until the server is gone. */
    Thread start(Api api, AtomicBoolean stopped) {
        Thread thread = new Thread(() -> work(api, stopped), name);
        thread.start();
        return thread;
    }

    private void work(Api api, AtomicBoolean stopped) {
        Account account = next();
        try {
            while (!stopped.get()) {
                if (send(api, account)) {
                    account = next();
                } else {
                    Waiting.pause(PAUSE);
                }
            }
        } catch (IOException gone) {
            if (!stopped.get()) {
                tally.surprise(name + ": " + gone);
            }
        } catch (RuntimeException broken) {
            tally.surprise(name + ": " + broken);
        }
    }

    /** Whatever is pending, or something new. */
    private Account next() {
        for (Account account : accounts) {
            if (account.pending().isPresent()) {
                return account;
            }
        }
        if (accounts.size() < 3 || random.nextInt(4) == 0) {
            accounts.add(new Account(name + "-" + accounts.size()));
            return accounts.get(accounts.size() - 1);
        }
        Account account = accounts.get(random.nextInt(accounts.size()));
        account.change(random.nextInt(3) == 0);
        return account;
    }

    private boolean send(Api api, Account account) throws IOException {
        State wanted = account.pending().orElseThrow();
        if (account.acknowledged().isEmpty()) {
            return register(api, account, wanted);
        }
        boolean password =
                wanted.passwordNumber() != account.acknowledged().orElseThrow().passwordNumber();
        ImmutableMap<String, String> fields = password
                ? ImmutableMap.of("password", account.password(wanted), "bio", account.bio(wanted))
                : ImmutableMap.of("bio", account.bio(wanted));
        Api.Answer answer = api.change(account.token(), fields);
        return note(account, answer, () -> tally.changed(password));
    }

    private boolean register(Api api, Account account, State wanted) throws IOException {
        Api.Answer answer = api.register(account.username(), account.email(), account.password(wanted));
        if (answer.isTaken()) {
            // The attempt that seemed to fail did not. A login only reads it, so a write confirms that every server has
            // it.
            answer = api.logIn(account.email(), account.password(wanted));
            if (answer.isDone()) {
                answer = api.change(answer.token(), ImmutableMap.of("email", account.email()));
            }
        }
        return note(account, answer, tally::registered);
    }

    private boolean note(Account account, Api.Answer answer, Runnable count) {
        tally.answered(answer);
        if (answer.isDone()) {
            account.acknowledge(answer.token());
            count.run();
            return true;
        }
        if (!answer.isUnavailable()) {
            tally.surprise(account.username() + ": " + answer.status() + " " + answer.body());
        }
        return false;
    }
}
