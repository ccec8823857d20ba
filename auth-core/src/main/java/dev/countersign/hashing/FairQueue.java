package dev.countersign.hashing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tasks that wait, served by turns of the clients' networks: one of each before the second of any. Not thread-safe. */
final class FairQueue {

    private final Map<String, Deque<HashTask>> networks = new LinkedHashMap<>();
    private final Map<String, Integer> accounts = new HashMap<>();
    private int size;

    int size() {
        return size;
    }

    int ofNetwork(String network) {
        Deque<HashTask> waiting = networks.get(network);
        return waiting == null ? 0 : waiting.size();
    }

    int ofAccount(String account) {
        return accounts.getOrDefault(account, 0);
    }

    void add(HashTask task) {
        networks.computeIfAbsent(task.requester.network(), network -> new ArrayDeque<>())
                .add(task);
        accounts.merge(task.requester.account(), 1, Integer::sum);
        size++;
    }

    void remove(HashTask task) {
        String network = task.requester.network();
        Deque<HashTask> waiting = networks.get(network);
        if (waiting != null && waiting.remove(task)) {
            if (waiting.isEmpty()) {
                networks.remove(network);
            }
            forget(task);
        }
    }

    private void forget(HashTask task) {
        accounts.computeIfPresent(task.requester.account(), (account, count) -> count == 1 ? null : count - 1);
        size--;
    }

    /** How many are served before a new task of a network. */
    int ahead(String network) {
        int own = ofNetwork(network);
        int ahead = own;
        for (Map.Entry<String, Deque<HashTask>> other : networks.entrySet()) {
            if (!other.getKey().equals(network)) {
                ahead += Math.min(other.getValue().size(), own + 1);
            }
        }
        return ahead;
    }

    /** The newest task of the network that has most, if it has more than that number. */
    Optional<HashTask> newestOfLongest(int moreThan) {
        Deque<HashTask> longest = null;
        for (Deque<HashTask> waiting : networks.values()) {
            if (waiting.size() > (longest == null ? moreThan : longest.size())) {
                longest = waiting;
            }
        }
        return longest == null ? Optional.empty() : Optional.of(longest.getLast());
    }

    /**
     * Takes the next task, and with it others that the same hasher verifies at the same time.
     *
     * @param memory the bytes that are free; a task that needs more stays, and no other one that needs memory overtakes it
     * @return the tasks; none if none waits that fits
     */
    List<HashTask> take(long memory) {
        List<HashTask> taken = new ArrayList<>();
        long free = memory;
        boolean more = true;
        while (more) {
            HashTask next = next(free, taken);
            if (next == null) {
                return taken;
            }
            taken.add(next);
            free -= next.memory;
            more = next.stored != null && taken.size() < next.hasher.atOnce();
        }
        return taken;
    }

    private @Nullable HashTask next(long memory, List<HashTask> with) {
        boolean isBlocked = false;
        for (Iterator<Map.Entry<String, Deque<HashTask>>> all =
                        networks.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<String, Deque<HashTask>> turn = all.next();
            HashTask first = turn.getValue().getFirst();
            boolean fits = first.memory == 0 || (first.memory <= memory && !isBlocked);
            isBlocked |= !fits;
            if (fits && (with.isEmpty() || goTogether(with.get(0), first))) {
                turn.getValue().removeFirst();
                all.remove();
                forget(first);
                if (!turn.getValue().isEmpty()) {
                    networks.put(turn.getKey(), turn.getValue());
                }
                return first;
            }
        }
        return null;
    }

    private static boolean goTogether(HashTask one, HashTask other) {
        return one.hasher == other.hasher && other.stored != null;
    }
}
