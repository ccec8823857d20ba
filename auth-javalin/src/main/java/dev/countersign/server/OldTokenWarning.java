package dev.countersign.server;

import dev.countersign.server.Mounts.OldTokens;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns at the start if every token of an old system would be refused, because no user is known to come from that system. */
final class OldTokenWarning {

    private static final Logger LOG = LoggerFactory.getLogger(OldTokenWarning.class);

    private OldTokenWarning() {}

    static void log(List<OldTokens> old, Storage storage) {
        for (OldTokens tokens : old) {
            if (!storage.hasUsersOf(tokens.names().kept(), tokens.system())) {
                String what = tokens.names().kept().name().toLowerCase(Locale.ROOT);
                LOG.warn(
                        "{} has a key of the old system{}, but none of the first thousand users is known to have kept the {} of that system: its tokens"
                                + " are refused. Import the users with their own {} (docs/replacing-a-server.md)",
                        tokens.dialect(),
                        tokens.system().isEmpty() ? "" : " " + tokens.system(),
                        what,
                        what.equals("number") ? "id" : what);
            }
        }
    }
}
