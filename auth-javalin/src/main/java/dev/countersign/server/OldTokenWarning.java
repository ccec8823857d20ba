package dev.countersign.server;

import dev.countersign.server.Mounting.OldTokens;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says so at the start if no token of an old system can hold, because no user is known to have come from there. */
final class OldTokenWarning {

    private static final Logger LOG = LoggerFactory.getLogger(OldTokenWarning.class);

    private OldTokenWarning() {}

    static void log(List<OldTokens> old, Storage storage) {
        for (OldTokens tokens : old) {
            if (!storage.hasUsersOf(tokens.names().kept(), tokens.system())) {
                String what = tokens.names().kept().name().toLowerCase(Locale.ROOT);
                LOG.warn(
                        "{} has an old_secret{}, but none of the first thousand users is known to have kept the {} of that system: its tokens"
                                + " are refused. Import the users with their own {} (docs/replacing-a-server.md)",
                        tokens.dialect(),
                        tokens.system().isEmpty() ? "" : " of the system " + tokens.system(),
                        what,
                        what.equals("number") ? "id" : what);
            }
        }
    }
}
