package dev.countersign.jdbi;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;

/** One step of the schema: a plain SQL file named as Flyway names them. */
record Script(int version, String name) {

    /** All of them, the same numbers for every vendor. */
    static final ImmutableList<Script> ALL =
            ImmutableList.of(new Script(1, "users"), new Script(2, "origins"), new Script(3, "folding"));

    static final int NEWEST = ALL.get(ALL.size() - 1).version();

    String file() {
        return "V" + version + "__" + name + ".sql";
    }

    String sql(Vendor vendor, TableNames names) {
        try {
            return Resources.toString(
                            Resources.getResource("dev/countersign/db/" + vendor.folder() + "/" + file()),
                            StandardCharsets.UTF_8)
                    .replaceAll("\\bauth_", Matcher.quoteReplacement(names.prefix()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
