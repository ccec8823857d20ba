package dev.countersign.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.event.ServerDetail.EventsLost;
import dev.countersign.event.ServerDetail.KeysChanged;
import dev.countersign.event.UserDetail.IdentifiersChanged;
import dev.countersign.event.UserDetail.Refused;
import dev.countersign.event.UserDetail.UserChanged;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EventDetailTest {

    /** The kinds of which a detail can be made. */
    private static Set<EventKind> taken(Function<EventKind, EventDetail> detail) {
        EnumSet<EventKind> taken = EnumSet.noneOf(EventKind.class);
        for (EventKind kind : EventKind.values()) {
            try {
                assertThat(detail.apply(kind).kind()).isEqualTo(kind);
                taken.add(kind);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageEndingWith(": " + kind.label());
            }
        }
        return taken;
    }

    @Test
    void each_detail_takes_its_own_kinds_only() {
        assertThat(taken(kind -> new KeysChanged(kind, List.of("k"))))
                .containsExactly(EventKind.KEY_ADDED, EventKind.KEYS_RETIRED, EventKind.MASTER_KEY_CHANGED);
        assertThat(taken(kind -> new Refused(kind, List.of("email:taken"))))
                .containsExactly(EventKind.REGISTRATION_REFUSED, EventKind.CHANGE_REFUSED);
        assertThat(taken(UserChanged::new))
                .containsExactly(
                        EventKind.REGISTERED,
                        EventKind.PASSWORD_CHANGED,
                        EventKind.ATTRIBUTES_CHANGED,
                        EventKind.USER_DISABLED,
                        EventKind.USER_ENABLED,
                        EventKind.USER_DELETED);
    }

    @Test
    void changed_identifiers_are_named_without_their_text() {
        assertThat(new IdentifiersChanged(true, false).fields()).isEqualTo(Map.of("fields", "email"));
        assertThat(new IdentifiersChanged(false, true).fields()).isEqualTo(Map.of("fields", "username"));
        assertThat(new IdentifiersChanged(true, true).fields()).isEqualTo(Map.of("fields", "email,username"));
    }

    @Test
    void a_refusal_has_reasons() {
        assertThat(new Refused(EventKind.CHANGE_REFUSED, List.of("email:taken", "password:too_short")).fields())
                .isEqualTo(Map.of("reason", "email:taken,password:too_short"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Refused(EventKind.CHANGE_REFUSED, List.of()))
                .withMessage("a refusal has a reason");
    }

    @Test
    void changed_keys_are_listed_if_there_are_any() {
        assertThat(new KeysChanged(EventKind.KEYS_RETIRED, List.of("a", "b")).fields())
                .isEqualTo(Map.of("keys", "a,b"));
        assertThat(new KeysChanged(EventKind.MASTER_KEY_CHANGED, List.of()).fields())
                .isEmpty();
    }

    @Test
    void at_least_one_event_is_lost() {
        assertThat(new EventsLost(1).fields()).isEqualTo(Map.of("count", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> new EventsLost(0)).withMessageEndingWith("0");
    }
}
