package dev.countersign.jdbi;

import dev.countersign.password.PasswordHash;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Stores with one fault each, around ours. */
final class BrokenStores {

    private BrokenStores() {}

    static UserStore sound(Jdbi jdbi) {
        return JdbiAuthStores.over(jdbi).users();
    }

    /** Writes in a transaction that nobody commits. */
    static UserStore neverCommitting(Jdbi jdbi) {
        return JdbiAuthStores.over(jdbi).within(jdbi.open().begin()).users();
    }

    static UserStore takingFailuresForRefusals(Jdbi jdbi) {
        return new Forwarding(jdbi) {
            @Override
            public StoreResult insert(NewUser user) {
                try {
                    return super.insert(user);
                } catch (RuntimeException failed) {
                    return new StoreResult.Taken();
                }
            }

            @Override
            public StoreResult update(User changed, @Nullable PasswordHash hash) {
                try {
                    return super.update(changed, hash);
                } catch (RuntimeException failed) {
                    return new StoreResult.Taken();
                }
            }
        };
    }

    /** As if numbers were text: 10 comes before 9. */
    static UserStore pagingByText(Jdbi jdbi) {
        return pagingBy(jdbi, Comparator.comparing(user -> user.id().toString()));
    }

    static UserStore pagingByCreation(Jdbi jdbi) {
        return pagingBy(jdbi, Comparator.comparing(User::createdAt));
    }

    private static UserStore pagingBy(Jdbi jdbi, Comparator<User> order) {
        return new Forwarding(jdbi) {
            @Override
            public List<User> page(@Nullable UserId after, int limit) {
                List<User> all =
                        super.page(null, LARGEST_PAGE).stream().sorted(order).toList();
                return all.stream()
                        .dropWhile(user -> after != null && !user.id().equals(after))
                        .skip(after == null ? 0 : 1)
                        .limit(limit)
                        .toList();
            }
        };
    }

    static UserStore pagingBy100(Jdbi jdbi) {
        return new Forwarding(jdbi) {
            @Override
            public List<User> page(@Nullable UserId after, int limit) {
                return super.page(after, Math.min(limit, 100));
            }
        };
    }

    /** Takes characters for dangerous. */
    static UserStore altering(Jdbi jdbi, Function<String, String> change) {
        return new Forwarding(jdbi) {
            @Override
            public StoreResult insert(NewUser user) {
                Identifier email = user.email();
                Identifier username = user.username();
                return super.insert(new NewUser(
                        user.uuid(),
                        email == null
                                ? null
                                : Identifier.email(change.apply(email.text())).orElse(email),
                        username == null
                                ? null
                                : Identifier.username(change.apply(username.text()))
                                        .orElse(username),
                        user.status(),
                        user.attributes(),
                        user.hash(),
                        user.createdAt()));
            }
        };
    }

    /** Writes the whole row that it read, with the hash in it. */
    static UserStore writingOldHashes(Jdbi jdbi) {
        return new Forwarding(jdbi) {
            @Override
            public Optional<User> recordLogin(Login login) {
                Optional<PasswordHash> read = hash(login.id());
                Optional<User> after = super.recordLogin(login);
                read.ifPresent(old -> hash(login.id()).ifPresent(now -> rehash(login.id(), now, old)));
                return after;
            }

            private Optional<PasswordHash> hash(UserId id) {
                return find(new UserKey.ById(id)).map(StoredUser::hash);
            }
        };
    }

    /** Looks whether the user may log in, and writes later whatever has become of it. */
    static UserStore lookingBefore(Jdbi jdbi) {
        return new Forwarding(jdbi) {
            @Override
            public Optional<User> recordLogin(Login login) {
                Optional<User> looked = find(new UserKey.ById(login.id()))
                        .map(StoredUser::user)
                        .filter(user -> user.status().mayLogIn());
                return super.recordLogin(login)
                        .or(() -> looked.map(
                                user -> user.toBuilder().lastLoginAt(login.at()).build()));
            }
        };
    }

    /** Compares the version first, and writes later whatever it is by then. */
    static UserStore losingUpdates(Jdbi jdbi, Runnable between) {
        return new Forwarding(jdbi) {
            @Override
            public StoreResult update(User changed, @Nullable PasswordHash hash) {
                if (version(changed) != changed.version()) {
                    return new StoreResult.Stale();
                }
                between.run();
                StoreResult result = new StoreResult.Stale();
                while (result instanceof StoreResult.Stale) {
                    result = super.update(
                            changed.toBuilder().version(version(changed)).build(), hash);
                }
                return result;
            }

            private long version(User user) {
                return find(new UserKey.ById(user.id())).orElseThrow().user().version();
            }
        };
    }

    /** Lets two threads through at once; one alone waits a moment. */
    static Runnable together() {
        CyclicBarrier barrier = new CyclicBarrier(2);
        return () -> {
            try {
                barrier.await(5, TimeUnit.SECONDS);
            } catch (TimeoutException | BrokenBarrierException alone) {
                barrier.reset();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static class Forwarding implements UserStore {

        private final UserStore sound;

        Forwarding(Jdbi jdbi) {
            this.sound = sound(jdbi);
        }

        @Override
        public Optional<StoredUser> find(UserKey key) {
            return sound.find(key);
        }

        @Override
        public StoreResult insert(NewUser user) {
            return sound.insert(user);
        }

        @Override
        public StoreResult update(User changed, @Nullable PasswordHash hash) {
            return sound.update(changed, hash);
        }

        @Override
        public boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement) {
            return sound.rehash(id, expected, replacement);
        }

        @Override
        public Optional<User> recordLogin(Login login) {
            return sound.recordLogin(login);
        }

        @Override
        public boolean delete(UserId id) {
            return sound.delete(id);
        }

        @Override
        public List<User> page(@Nullable UserId after, int limit) {
            return sound.page(after, limit);
        }
    }
}
