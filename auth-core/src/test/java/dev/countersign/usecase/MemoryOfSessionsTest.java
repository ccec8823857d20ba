package dev.countersign.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.UserChanges.Changes;
import dev.countersign.session.SessionId;
import dev.countersign.token.TokenKey;
import dev.countersign.user.Identifier;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a node remembers of tokens, and that a change which is reported while the store is being read is never missed. */
class MemoryOfSessionsTest {

    private static final TokenKey ONE = TokenKey.ofText("one");
    private static final TokenKey TWO = TokenKey.ofText("two");
    private static final SessionId SESSION = new SessionId(new UUID(7, 7));
    private static final User HAN = user(1, "han@example.com");
    private static final User LEIA = user(2, "leia@example.com");

    private final SessionMemory memory = new SessionMemory(100);

    @Test
    void a_token_is_remembered_with_its_user_and_session() {
        remember(ONE, HAN);
        SessionMemory.Known known = memory.find(ONE);
        assertThat(known).isNotNull();
        assertThat(known.owner().user()).isEqualTo(HAN);
        assertThat(known.session()).isEqualTo(SESSION);
        assertThat(known.ended()).isFalse();
        assertThat(memory.find(TWO)).isNull();
        assertThat(memory.size()).isEqualTo(1);
    }

    @Test
    void the_tokens_of_a_user_who_changed_are_forgotten_and_those_of_others_are_not() {
        remember(ONE, HAN);
        remember(TWO, LEIA);
        memory.forget(new Changes(Set.of(HAN.id()), false));
        assertThat(memory.find(ONE)).isNull();
        assertThat(memory.find(TWO)).isNotNull();
    }

    @Test
    void everything_is_forgotten_when_anybody_may_have_changed() {
        remember(ONE, HAN);
        remember(TWO, LEIA);
        memory.forget(Changes.EVERYBODY);
        assertThat(memory.find(ONE)).isNull();
        assertThat(memory.find(TWO)).isNull();
        assertThat(memory.size()).isZero();
    }

    @Test
    void what_was_read_before_a_change_was_reported_is_not_remembered() {
        long mark = memory.mark();
        memory.forget(HAN.id());
        memory.remember(mark, ONE, HAN, SESSION, false);
        assertThat(memory.find(ONE)).isNull();
        long second = memory.mark();
        memory.forget(Changes.EVERYBODY);
        memory.remember(second, ONE, HAN, SESSION, false);
        assertThat(memory.find(ONE)).isNull();
        long third = memory.mark();
        memory.forget(Changes.NONE);
        memory.remember(third, ONE, HAN, SESSION, false);
        assertThat(memory.find(ONE)).isNotNull();
    }

    @Test
    void a_user_who_was_read_before_a_change_was_reported_is_not_remembered_either() {
        remember(ONE, HAN);
        long mark = memory.mark();
        memory.forget(LEIA.id());
        memory.refresh(mark, HAN);
        assertThat(memory.find(ONE)).isNull();
    }

    @Test
    void a_user_who_was_read_again_is_that_of_all_their_tokens() {
        remember(ONE, HAN);
        remember(TWO, HAN);
        User solo = user(1, "solo@example.com");
        memory.refresh(memory.mark(), solo);
        assertThat(memory.find(ONE).owner().user()).isEqualTo(solo);
        assertThat(memory.find(TWO).owner().user()).isEqualTo(solo);
        memory.remember(memory.mark(), TokenKey.ofText("three"), HAN, null, false);
        assertThat(memory.find(ONE).owner().user()).isEqualTo(HAN);
    }

    @Test
    void a_user_who_is_not_remembered_is_not_remembered_by_being_read() {
        memory.refresh(memory.mark(), HAN);
        assertThat(memory.size()).isZero();
    }

    @Test
    void a_token_whose_user_had_no_room_is_looked_up_again() {
        SessionMemory small = new SessionMemory(1);
        small.remember(small.mark(), ONE, HAN, SESSION, false);
        small.remember(small.mark(), TWO, LEIA, SESSION, false);
        assertThat(small.find(ONE)).isNull();
        assertThat(small.find(TWO)).isNotNull();
    }

    private void remember(TokenKey key, User user) {
        memory.remember(memory.mark(), key, user, SESSION, false);
    }

    private static User user(long id, String email) {
        return User.builder(new UserId(id), new UUID(0, id), Instant.EPOCH)
                .email(Identifier.typed(email))
                .build();
    }
}
