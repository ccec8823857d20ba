package dev.countersign.javalin.wire;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Reason;
import java.time.Duration;

/**
 * Why a request is answered with an error, and what the answer may say of it.
 *
 * @param reason why
 * @param fields the flawed fields
 * @param header the missing header's name
 * @param allow the methods the path has, for a wrong one
 * @param retryAfter after how long to try again
 */
record Refusal(Reason reason, ImmutableList<FlawedField> fields, String header, String allow, Duration retryAfter) {

    private static final Duration SOON = Duration.ofSeconds(1);

    static Refusal of(Reason reason) {
        return new Refusal(reason, ImmutableList.of(), "", "", SOON);
    }

    static Refusal of(RefusedException refused) {
        return new Refusal(refused.reason(), refused.fields(), refused.header(), "", SOON);
    }

    static Refusal ofMethod(String allow) {
        return new Refusal(Reason.METHOD_NOT_ALLOWED, ImmutableList.of(), "", allow, SOON);
    }
}
