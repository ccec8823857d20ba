package dev.countersign.jdbi.internal.check;

import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.Unhurried;
import dev.countersign.jdbi.table.StoreCheck;
import dev.countersign.jdbi.table.TableNames;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Runs the database's own check of its pages and indexes. */
final class StructureCheck implements StoreCheck {

    private final Database database;
    private final TableNames names;

    StructureCheck(Database database, TableNames names) {
        this.database = database;
        this.names = names;
    }

    @Override
    public String subject() {
        return "structure";
    }

    @Override
    public String run(Consumer<String> problems) {
        return database.run("checking the structure", handle -> Unhurried.run(handle, () -> checked(handle, problems)));
    }

    private String checked(Handle handle, Consumer<String> problems) {
        return switch (database.vendor(handle)) {
            case SQLITE -> {
                handle.createQuery("PRAGMA integrity_check(100)")
                        .mapTo(String.class)
                        .forEach(found -> found.lines()
                                .filter(line -> !line.equals("ok") && !line.startsWith("***"))
                                .forEach(problems));
                yield "every page and index";
            }
            case POSTGRESQL -> new IndexCheck(handle, names).run(problems);
        };
    }
}
