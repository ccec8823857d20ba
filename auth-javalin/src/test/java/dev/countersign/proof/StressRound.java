package dev.countersign.proof;

import dev.countersign.json.JsonString;
import dev.countersign.password.RawPassword;
import dev.countersign.token.AccessToken;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.User;
import dev.countersign.user.UserStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Everything at once that may happen to one user, and what must be right when it is over. */
final class StressRound {

    /** What ends the tokens of the user. */
    enum End {
        AN_ADMINISTRATOR_SETS_THE_PASSWORD,
        THE_USER_CHANGES_THE_PASSWORD,
        THE_USER_IS_DISABLED
    }

    private static final int LOGINS = 3;

    /** A change that was made: which version of the user it made, and whether it ends tokens. */
    private record Made(String what, long version, boolean ends, boolean byToken, String password) {}

    private final List<StressNode> nodes;
    private final StressCounts counts;
    private final User user;
    private final String email;
    private final String old;
    private final String next;
    private final Queue<Made> made = new ConcurrentLinkedQueue<>();
    private final Queue<AccessToken> ofOld = new ConcurrentLinkedQueue<>();
    private final Queue<AccessToken> ofNext = new ConcurrentLinkedQueue<>();

    StressRound(List<StressNode> nodes, StressCounts counts, int number) {
        this.nodes = nodes;
        this.counts = counts;
        this.email = "user" + number + "@example.com";
        this.old = "the old password of " + number;
        this.next = "the new password of " + number;
        this.user = nodes.get(number % nodes.size()).register(email, old);
    }

    void run(End end, ExecutorService threads) {
        List<Authenticated> begun = new ArrayList<>();
        for (StressNode node : nodes) {
            AccessToken token = node.logIn(email, old).orElseThrow();
            ofOld.add(token);
            begun.add(node.begin(token));
            requireHolds("a token of the old password before the change", node, token);
        }
        List<Callable<Void>> works = new ArrayList<>();
        for (StressNode node : nodes) {
            works.add(() -> logIn(node, old, ofOld));
            works.add(() -> logIn(node, next, ofNext));
            works.add(() -> update(node, begun, "note"));
        }
        works.add(() -> {
            PausingHasher.pause();
            changePassword(nodes.get(0), begun.get(0), "the password of a rival");
            return null;
        });
        StressNode other = nodes.get(nodes.size() - 1);
        works.add(() -> end(end, other, begun.get(begun.size() - 1)));
        together(works, threads);
        checkOrder();
        checkRefused(begun);
        settle(end, other);
        checkRefused(begun);
        checkNewPassword();
    }

    private Void logIn(StressNode node, String password, Queue<AccessToken> tokens) {
        for (int i = 0; i < LOGINS; i++) {
            node.logIn(email, password).ifPresent(token -> {
                tokens.add(token);
                counts.login();
            });
        }
        return null;
    }

    private Void update(StressNode node, List<Authenticated> begun, String note) {
        for (Authenticated request : begun) {
            PausingHasher.pause();
            UserChange change =
                    UserChange.builder().attribute("note", new JsonString(note)).build();
            Optional<Long> version = node.finish(request, change);
            version.ifPresent(number -> made.add(new Made("an update", number, false, true, "")));
            counts.update(version.isPresent());
        }
        return null;
    }

    private Optional<Long> changePassword(StressNode node, Authenticated request, String password) {
        try (RawPassword typed = RawPassword.of(password);
                RawPassword current = RawPassword.of(old)) {
            UserChange change = UserChange.builder()
                    .password(typed)
                    .currentPassword(current)
                    .build();
            Optional<Long> version = node.finish(request, change);
            version.ifPresent(
                    number -> made.add(new Made("the user's own new password", number, true, true, password)));
            counts.change(version.isPresent());
            return version;
        }
    }

    private Void end(End end, StressNode node, Authenticated request) {
        PausingHasher.pause();
        switch (end) {
            case AN_ADMINISTRATOR_SETS_THE_PASSWORD -> setPassword(node);
            case THE_USER_CHANGES_THE_PASSWORD -> changePassword(node, request, next);
            case THE_USER_IS_DISABLED ->
                made.add(new Made("disabling", node.setStatus(user, UserStatus.DISABLED), true, false, ""));
        }
        // From here on it is durable: nothing of before may be done any more.
        node.logIn(email, old).ifPresent(token -> survivor("a login with the old password after " + end));
        if (node.finish(request, UserChange.ofStatus(UserStatus.ACTIVE)).isPresent()) {
            survivor("an update by an old token after " + end);
        }
        return null;
    }

    private void setPassword(StressNode node) {
        made.add(new Made("an administrator's new password", node.setPassword(user, next), true, false, next));
    }

    private void together(List<Callable<Void>> works, ExecutorService threads) {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Void>> running = new ArrayList<>();
        for (Callable<Void> work : works) {
            running.add(threads.submit(() -> {
                start.await();
                return work.call();
            }));
        }
        start.countDown();
        for (Future<Void> one : running) {
            try {
                one.get();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            } catch (ExecutionException failed) {
                throw new IllegalStateException(failed.getCause());
            }
        }
    }

    /** The store numbers the versions of a user: nothing by an old token may come behind what ended it. */
    private void checkOrder() {
        long ended = made.stream()
                .filter(Made::ends)
                .mapToLong(Made::version)
                .min()
                .orElseThrow(() -> new IllegalStateException("nothing ended the tokens of " + email));
        made.stream()
                .filter(one -> one.byToken() && one.version() > ended)
                .forEach(one -> counts.survivor(one.what() + " made version " + one.version()
                        + " by a token that version " + ended + " had ended: " + made));
    }

    private void checkRefused(List<Authenticated> begun) {
        for (StressNode node : nodes) {
            for (AccessToken token : ofOld) {
                if (node.takes(token)) {
                    survivor("a token of the old password: " + node.answer(token) + " after " + made);
                }
            }
            node.logIn(email, old).ifPresent(token -> survivor("a login with the old password after " + made));
        }
        long before = made.size();
        update(nodes.get(0), begun, "late");
        if (made.size() > before) {
            survivor("an update by an old token after " + made);
        }
    }

    /** Gives a disabled user, or one whose rival was first, the new password. */
    private void settle(End end, StressNode node) {
        setPassword(node);
        if (end == End.THE_USER_IS_DISABLED) {
            for (AccessToken token : ofNext) {
                survivor("a login of a disabled user, or with a password nobody had: " + node.answer(token));
            }
            node.setStatus(user, UserStatus.ACTIVE);
        }
    }

    private void checkNewPassword() {
        for (StressNode issuer : nodes) {
            AccessToken token = issuer.logIn(email, next)
                    .orElseThrow(() -> new IllegalStateException("the new password is refused after " + made));
            requireHolds("a token of the new password after " + made, issuer, token);
        }
    }

    private void survivor(String what) {
        counts.survivor(nodes + ", " + email + ": " + what);
    }

    private void requireHolds(String what, StressNode issuer, AccessToken token) {
        for (StressNode node : nodes) {
            if (node.takesTokensOf(issuer) && !node.takes(token)) {
                counts.refused(what + ": " + node.answer(token));
            }
        }
    }
}
