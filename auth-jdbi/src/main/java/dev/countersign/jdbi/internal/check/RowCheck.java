package dev.countersign.jdbi.internal.check;

import dev.countersign.jdbi.table.ScannedUser;
import dev.countersign.jdbi.table.StoreCheck;
import dev.countersign.jdbi.table.UserScan;
import java.util.List;
import java.util.function.Consumer;

/** Checks that every row can be read as a user. */
final class RowCheck implements StoreCheck {

    private static final int PAGE = 500;

    private final UserScan scan;

    RowCheck(UserScan scan) {
        this.scan = scan;
    }

    @Override
    public String subject() {
        return "rows";
    }

    @Override
    public String run(Consumer<String> problems) {
        long users = 0;
        List<ScannedUser> page = scan.page(Long.MIN_VALUE, PAGE);
        while (!page.isEmpty()) {
            users += page.size();
            page.stream().map(ScannedUser::flaw).filter(flaw -> !flaw.isEmpty()).forEach(problems);
            page = scan.page(page.get(page.size() - 1).id(), PAGE);
        }
        return users + (users == 1 ? " user" : " users");
    }
}
