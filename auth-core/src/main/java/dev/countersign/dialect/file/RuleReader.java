package dev.countersign.dialect.file;

import dev.countersign.dialect.Operation;
import dev.countersign.dialect.OperationRule;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.template.Template;
import java.util.Map;

/** Reads what an operation does, as far as dialects differ. */
final class RuleReader {

    private static final Template EACH = Template.of(JsonObject.of(Map.of("id", new JsonString("${session.id}"))));

    private final Section section;
    private final Templates templates;

    RuleReader(Section section, Templates templates) {
        this.section = section;
        this.templates = templates;
    }

    OperationRule read(Operation what) {
        return switch (what) {
            case REGISTER ->
                section.flag("open", true) ? OperationRule.NONE : new OperationRule.OpenedByConfiguration();
            case RENEW ->
                new OperationRule.Renewal(
                        section.word("presented_token", Presented.class, Presented.ENDS) == Presented.ENDS);
            case LOGOUT -> logOut();
            case SESSIONS -> listing();
            case VERIFY -> section.flag("for_proxies", false) ? new OperationRule.ForProxies() : OperationRule.NONE;
            default -> OperationRule.NONE;
        };
    }

    /** What happens to the access token that is renewed. */
    enum Presented {
        ENDS,
        STAYS
    }

    private OperationRule logOut() {
        OperationRule.Ends ends = section.word("ends", OperationRule.Ends.class, OperationRule.Ends.THIS_SESSION);
        OperationRule.By by = section.word("by", OperationRule.By.class, OperationRule.By.ACCESS_TOKEN);
        if (by != OperationRule.By.ACCESS_TOKEN && ends != OperationRule.Ends.THIS_SESSION) {
            section.problems()
                    .add(
                            section.at("ends"),
                            "a refresh token ends its own session only",
                            "ends: this_session, or by: access_token");
        }
        return new OperationRule.LogOut(ends, by);
    }

    private OperationRule listing() {
        return new OperationRule.Listing(
                section.required("each", "the form of one session, such as {id: \"${session.id}\"}")
                        .flatMap(json -> templates.json(json, section.at("each"), SlotScope.SESSION))
                        .orElse(EACH));
    }
}
