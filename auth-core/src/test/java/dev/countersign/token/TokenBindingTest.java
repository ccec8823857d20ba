package dev.countersign.token;

import static dev.countersign.token.SampleProfiles.HEADER;
import static dev.countersign.token.SampleProfiles.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.JsonPointer;
import dev.countersign.template.Template;
import dev.countersign.token.SubjectClaim.Names;
import dev.countersign.user.Identifier;
import dev.countersign.user.Kept;
import dev.countersign.user.Origin;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a token is, whatever names the user: numbers, UUIDs, e-mail addresses and usernames; of ours and of an old system. */
class TokenBindingTest {

    private static final Instant STORED = Instant.parse("2026-03-01T12:00:00.500Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final String OLD = "old";

    @ParameterizedTest
    @EnumSource
    void a_token_of_ours_holds_for_the_user_it_was_issued_to(Names names) {
        for (boolean bound : new boolean[] {false, true}) {
            TokenProfile profile = profile(names, bound, Revocation.BY_PASSWORD_CHANGE);
            ReadToken token = issued(profile, han(), STORED);
            assertThat(profile.flaw(token, han(), token.issuedAt())).isEmpty();
            assertThat(profile.flaw(token, han(), STORED.plus(DAY).minusSeconds(60)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_token_of_ours_from_before_its_user_was_stored_is_anothers(Names names) {
        TokenProfile profile = profile(names, false, Revocation.BY_PASSWORD_CHANGE);
        ReadToken before = issued(profile, han(), STORED);
        User later = storedAt(STORED.plusSeconds(60));
        assertThat(profile.flaw(before, later, STORED.plusSeconds(61))).contains(TokenFlaw.REVOKED);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMAIL", "USERNAME"})
    void a_token_by_a_name_that_changed_hands_is_refused(Names names) {
        TokenProfile profile = profile(names, false, Revocation.BY_PASSWORD_CHANGE);
        ReadToken token = issued(profile, han(), STORED);
        Instant taken = STORED.plusSeconds(60);
        User other = User.builder(new UserId(9), new UUID(0, 9), STORED.minus(DAY))
                .email(han().email())
                .username(han().username())
                .origin(Origin.here(STORED.minus(DAY)).withEmailSince(taken).withUsernameSince(taken))
                .build();
        assertThat(profile.flaw(token, other, taken.plusSeconds(1))).contains(TokenFlaw.REVOKED);
        ReadToken own = issued(profile, other, taken);
        assertThat(own.issuedAt()).isAfter(taken.plus(TokenProfile.LEEWAY));
        assertThat(profile.flaw(own, other, taken)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_credential_in_the_token_binds_it_to_one_user_whatever_the_clocks_say(Names names) {
        TokenProfile profile = profile(names, true, Revocation.BY_PASSWORD_CHANGE);
        ReadToken token = issued(profile, han(), STORED.plus(DAY.dividedBy(2)));
        User sameNames = User.builder(new UserId(7), new UUID(0, 8), STORED)
                .email(han().email())
                .username(han().username())
                .build();
        assertThat(profile.flaw(token, sameNames, STORED.plus(DAY.dividedBy(2))))
                .contains(TokenFlaw.REVOKED);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMAIL", "USERNAME"})
    void a_name_in_other_letters_is_another_name_in_a_token(Names names) {
        TokenProfile profile = profile(names, false, Revocation.BY_PASSWORD_CHANGE);
        ReadToken token = issued(profile, han(), STORED);
        User equal = han().toBuilder()
                .email(Identifier.typed(upper(han().email())))
                .username(Identifier.typed(upper(han().username())))
                .build();
        assertThat(profile.flaw(token, equal, token.issuedAt())).contains(TokenFlaw.REVOKED);
    }

    private static String upper(Identifier identifier) {
        return identifier.text().toUpperCase(Locale.ROOT);
    }

    @Test
    void a_password_change_ends_tokens_dated_before_it_and_none_dated_after() {
        TokenProfile profile = profile(Names.ID, false, Revocation.BY_PASSWORD_CHANGE);
        User changed = changed(STORED.plusSeconds(60));
        ReadToken before = issued(profile, han(), STORED.plusSeconds(60));
        assertThat(profile.flaw(before, changed, STORED.plusSeconds(61))).contains(TokenFlaw.REVOKED);
        ReadToken after = issued(profile, changed, STORED.plusSeconds(60));
        assertThat(after.issuedAt()).isEqualTo("2026-03-01T12:01:01Z");
        assertThat(profile.flaw(after, changed, STORED.plusSeconds(60))).isEmpty();
    }

    @Test
    void a_token_that_follows_a_change_by_a_machine_ahead_of_time_holds_at_once() {
        TokenProfile profile = profile(Names.ID, false, Revocation.BY_PASSWORD_CHANGE);
        User changed = changed(STORED.plusSeconds(300));
        ReadToken after = issued(profile, changed, STORED);
        assertThat(after.issuedAt()).isAfter(STORED.plusSeconds(300));
        assertThat(profile.flaw(after, changed, STORED)).isEmpty();
        assertThat(profile.flaw(issued(profile, han(), STORED.plusSeconds(300)), changed, STORED.plusSeconds(300)))
                .contains(TokenFlaw.REVOKED);
    }

    @Test
    void a_credential_in_the_token_needs_no_dates_to_end_with_the_password() {
        TokenProfile profile = profile(Names.UUID, true, Revocation.BY_PASSWORD_CHANGE);
        User changed = changed(STORED.minus(DAY));
        assertThat(profile.flaw(issued(profile, han(), STORED), changed, STORED))
                .contains(TokenFlaw.REVOKED);
        ReadToken after = issued(profile, changed, STORED);
        assertThat(after.issuedAt()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(profile.flaw(after, changed, STORED)).isEmpty();
        assertThat(profile.flaw(after, changed(STORED.minus(DAY).plusNanos(1000)), STORED))
                .contains(TokenFlaw.REVOKED);
    }

    @Test
    void a_token_from_before_the_credential_was_in_the_file_is_checked_by_its_date() {
        TokenProfile before = profile(Names.ID, false, Revocation.BY_PASSWORD_CHANGE);
        TokenProfile now = profile(Names.ID, true, Revocation.BY_PASSWORD_CHANGE);
        Claims claims = issued(before, han(), STORED).claims();
        ReadToken token = ((TokenReading.Read) now.read(new Decoding.Verified(claims))).token();
        assertThat(now.flaw(token, han(), STORED)).isEmpty();
        assertThat(now.flaw(token, changed(STORED.plusSeconds(1)), STORED.plusSeconds(2)))
                .contains(TokenFlaw.REVOKED);
    }

    @Test
    void tokens_outlive_a_password_change_only_where_that_was_decided() {
        for (boolean bound : new boolean[] {false, true}) {
            TokenProfile profile = profile(Names.UUID, bound, Revocation.NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE);
            ReadToken token = issued(profile, han(), STORED);
            assertThat(profile.flaw(token, changed(STORED.plusSeconds(9)), STORED.plusSeconds(10)))
                    .isEmpty();
        }
    }

    @Test
    void a_token_that_the_store_does_not_know_is_dated_back() {
        TokenProfile profile = profile(Names.ID, false, Revocation.BY_PASSWORD_CHANGE);
        Instant now = STORED.plus(DAY);
        assertThat(profile.unnotedIssueTime(han(), now)).isEqualTo("2026-03-02T11:59:50Z");
        assertThat(profile.unnotedIssueTime(changed(now), now)).isEqualTo("2026-03-02T12:00:01Z");
        assertThat(profile(Names.ID, true, Revocation.BY_PASSWORD_CHANGE).unnotedIssueTime(han(), now))
                .isEqualTo("2026-03-02T12:00:00Z");
    }

    @ParameterizedTest
    @EnumSource
    void an_old_systems_token_holds_only_for_what_came_from_there(Names names) {
        TokenProfile profile = profile(names, false, Revocation.BY_PASSWORD_CHANGE);
        ReadToken token = old(issued(profile, han(), STORED.plusSeconds(60)), OLD);
        Instant now = STORED.plusSeconds(61);
        assertThat(profile.flaw(token, han(), now)).contains(TokenFlaw.FOREIGN);
        assertThat(profile.flaw(token, from(OLD, EnumSet.of(names.kept())), now))
                .isEmpty();
        assertThat(profile.flaw(token, from(OLD, EnumSet.complementOf(EnumSet.of(names.kept()))), now))
                .contains(TokenFlaw.FOREIGN);
        assertThat(profile.flaw(token, from("another", EnumSet.allOf(Kept.class)), now))
                .contains(TokenFlaw.FOREIGN);
        assertThat(profile.flaw(token, from(Origin.ANY_SYSTEM, EnumSet.allOf(Kept.class)), now))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ID", "UUID"})
    void an_old_systems_number_needs_no_date(Names names) {
        TokenProfile profile = profile(names, false, Revocation.BY_PASSWORD_CHANGE);
        ReadToken token = old(issued(profile, storedAt(STORED.minus(DAY)), STORED.minusSeconds(60)), OLD);
        assertThat(profile.flaw(token, from(OLD, EnumSet.of(names.kept())), STORED))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"EMAIL", "USERNAME"})
    void an_old_systems_name_holds_if_the_user_has_had_it_since_before_the_token(Names names) {
        TokenProfile profile = profile(names, false, Revocation.BY_PASSWORD_CHANGE);
        User imported = from(OLD, EnumSet.of(names.kept()));
        ReadToken before = old(issued(profile, storedAt(STORED.minus(DAY)), STORED.minusSeconds(60)), OLD);
        assertThat(profile.flaw(before, imported, STORED)).contains(TokenFlaw.FOREIGN);
        User always = imported.toBuilder()
                .origin(new Origin(STORED, Instant.EPOCH, Instant.EPOCH, OLD, EnumSet.of(names.kept())))
                .build();
        assertThat(profile.flaw(before, always, STORED)).isEmpty();
        User changed = always.toBuilder()
                .origin(always.origin().withEmailSince(STORED).withUsernameSince(STORED))
                .build();
        assertThat(profile.flaw(
                        old(issued(profile, han(), STORED.plusSeconds(60)), OLD), changed, STORED.plusSeconds(61)))
                .contains(TokenFlaw.FOREIGN);
    }

    @Test
    void an_old_systems_token_of_the_second_of_a_password_change_is_not_proven_to_be_later() {
        TokenProfile profile = profile(Names.ID, false, Revocation.BY_PASSWORD_CHANGE);
        User imported = from(OLD, Set.of(Kept.NUMBER)).toBuilder()
                .passwordChangedAt(Instant.parse("2026-03-01T13:00:00Z"))
                .build();
        Instant now = Instant.parse("2026-03-01T14:00:00Z");
        ReadToken same = old(issued(profile, han(), Instant.parse("2026-03-01T13:00:00Z")), OLD);
        ReadToken later = old(issued(profile, han(), Instant.parse("2026-03-01T13:00:01Z")), OLD);
        assertThat(profile.flaw(same, imported, now)).contains(TokenFlaw.REVOKED);
        assertThat(profile.flaw(later, imported, now)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "null", "\"\"", "\"AAAAAAAAAAAAAAAA\""})
    void a_credential_of_another_form_is_refused(String credential) {
        TokenProfile profile = profile(Names.ID, true, Revocation.BY_PASSWORD_CHANGE);
        String body = "{\"sub\":7,\"scp\":\"user\",\"exp\":1772453000,\"cred\":" + credential + "}";
        Claims claims = new Claims(object(HEADER), object(body));
        ReadToken token = ((TokenReading.Read) profile.read(new Decoding.Verified(claims))).token();
        assertThat(profile.flaw(token, han(), STORED.plusSeconds(60))).contains(TokenFlaw.REVOKED);
    }

    private static User han() {
        return storedAt(STORED);
    }

    private static User storedAt(Instant stored) {
        return User.builder(new UserId(7), new UUID(0, 7), stored)
                .email(Identifier.typed("han@example.com"))
                .username(Identifier.typed("han"))
                .build();
    }

    private static User changed(Instant passwordChangedAt) {
        return han().toBuilder().passwordChangedAt(passwordChangedAt).build();
    }

    private static User from(String system, Set<Kept> kept) {
        return han().toBuilder()
                .origin(new Origin(STORED, STORED, STORED, system, kept))
                .build();
    }

    private static ReadToken issued(TokenProfile profile, User user, Instant now) {
        Instant issuedAt = profile.issueTime(user, now);
        Claims claims = profile.fill(TokenSlots.of(profile, user, "id", "key", issuedAt, Optional.empty()));
        return ((TokenReading.Read) profile.read(new Decoding.Verified(claims))).token();
    }

    private static ReadToken old(ReadToken token, String system) {
        return new ReadToken(token.claims(), system, token.subject(), token.issuedAt(), token.expiresAt(), null);
    }

    private static TokenProfile profile(Names names, boolean bound, Revocation revocation) {
        String slot = "${user." + names.name().toLowerCase(Locale.ROOT) + "}";
        return TokenProfile.builder(
                        Template.of(object(HEADER)),
                        Template.of(object("{\"sub\":\"" + slot + "\",\"scp\":\"user\","
                                + (bound ? "\"cred\":\"${token.credential}\"," : "")
                                + "\"exp\":\"${token.expires_at | epoch-seconds}\"}")),
                        DAY)
                .subject(new SubjectClaim(JsonPointer.parse("/sub"), names, names != Names.ID))
                .revocation(revocation)
                .build();
    }
}
