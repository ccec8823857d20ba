package dev.countersign.crypto.jjwt;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.io.BaseEncoding;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text form of a {@link KeySet}. */
final class KeySetText {

    private static final String CREATED = "created";
    private static final String SIGNS_FROM = "signs_from";
    private static final String VERIFIES_UNTIL = "verifies_until";
    private static final String OLD_SYSTEM = "old_system";
    private static final String SHORT = "short_secret";
    private static final String SEED = "derivation_seed";

    private static final ImmutableSet<String> OURS =
            ImmutableSet.of(CREATED, SIGNS_FROM, VERIFIES_UNTIL, OLD_SYSTEM, SHORT);
    private static final ImmutableSet<String> NAMES = ImmutableSet.<String>builder()
            .addAll(JwkText.COMMON)
            .addAll(JwkText.PARTS)
            .addAll(OURS)
            .build();
    private static final BaseEncoding BYTES = BaseEncoding.base64Url().omitPadding();

    private KeySetText() {}

    static KeySet read(String text, Optional<SigningAlgorithm> preferred) {
        JsonObject object = object(text);
        if (object.get("kty").isPresent()) {
            return KeySet.of(JwkText.read(object, preferred, created(object)));
        }
        if (object.get("keys").isEmpty()) {
            return KeySet.of(KeyText.read(text));
        }
        refuseUnknown("set", object, ImmutableSet.of("keys", SEED));
        ImmutableList.Builder<RingKey> keys = ImmutableList.builder();
        for (JsonObject key : members(object)) {
            keys.add(key(key, preferred));
        }
        return new KeySet(keys.build(), object.get(SEED).isPresent() ? seed(object) : null);
    }

    /** The keys of a JWK Set. */
    static ImmutableList<JsonObject> members(JsonObject set) {
        ImmutableList.Builder<JsonObject> members = ImmutableList.builder();
        if (!(set.get("keys").orElseThrow() instanceof JsonArray list)) {
            throw new IllegalArgumentException("keys is not a list");
        }
        for (Json item : list.items()) {
            if (!(item instanceof JsonObject member)) {
                throw new IllegalArgumentException("a key of the set is not a JSON object");
            }
            members.add(member);
        }
        return members.build();
    }

    private static RingKey key(JsonObject jwk, Optional<SigningAlgorithm> preferred) {
        refuseUnknown("key", jwk, NAMES);
        Instant created = created(jwk);
        boolean isShort = jwk.get(SHORT).isPresent();
        if (isShort && !jwk.get(SHORT).get().equals(new JsonBoolean(true))) {
            throw new IllegalArgumentException(SHORT + " is true or absent");
        }
        KeyMaterial material = isShort ? shortSecret(jwk, created) : JwkText.read(jwk, preferred, created);
        String oldSystem = jwk.get(OLD_SYSTEM).isPresent() ? JwkText.text(jwk, OLD_SYSTEM) : null;
        Instant signsFrom = time(jwk, SIGNS_FROM);
        // A set that another tool made says nothing about times: its private keys sign.
        boolean signs = oldSystem == null
                && material.canSign()
                && jwk.get(VERIFIES_UNTIL).isEmpty();
        return new RingKey(
                material, signsFrom == null && signs ? created : signsFrom, time(jwk, VERIFIES_UNTIL), oldSystem);
    }

    private static KeyMaterial shortSecret(JsonObject jwk, Instant created) {
        SigningAlgorithm algorithm =
                JwkText.algorithm(jwk).orElseThrow(() -> new IllegalArgumentException("a short secret needs its alg"));
        return KeyMaterial.ofShortLegacySecret(algorithm, JwkText.secret(jwk), created)
                .withId(JwkText.text(jwk, "kid"));
    }

    static String write(KeySet set) {
        ImmutableList.Builder<JsonObject> keys = ImmutableList.builder();
        set.keys().forEach(key -> keys.add(jwk(key)));
        ImmutableMap.Builder<String, Json> members = ImmutableMap.builder();
        members.put("keys", JsonArray.of(keys.build()));
        members.put(SEED, new JsonString(BYTES.encode(set.seed())));
        return JsonText.write(new JsonObject(members.buildOrThrow()));
    }

    private static JsonObject jwk(RingKey key) {
        ImmutableMap.Builder<String, Json> members = ImmutableMap.builder();
        JwkText.write(key.material(), members);
        members.put(CREATED, new JsonString(key.material().created().toString()));
        putTime(SIGNS_FROM, key.signsFrom(), members);
        putTime(VERIFIES_UNTIL, key.verifiesUntil(), members);
        if (key.oldSystem() != null) {
            members.put(OLD_SYSTEM, new JsonString(key.oldSystem()));
        }
        if (key.isShortSecret()) {
            members.put(SHORT, new JsonBoolean(true));
        }
        return new JsonObject(members.buildOrThrow());
    }

    private static void putTime(String name, @Nullable Instant time, ImmutableMap.Builder<String, Json> members) {
        if (time != null) {
            members.put(name, new JsonString(time.toString()));
        }
    }

    static Instant created(JsonObject jwk) {
        Instant time = time(jwk, CREATED);
        return time == null ? Instant.EPOCH : time;
    }

    private static @Nullable Instant time(JsonObject object, String name) {
        if (object.get(name).isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(JwkText.text(object, name));
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException("the key's " + name + " is a time such as 2026-03-01T12:00:00Z");
        }
    }

    private static byte[] seed(JsonObject object) {
        String text = JwkText.text(object, SEED);
        if (!BYTES.canDecode(text) || BYTES.decode(text).length < 16) {
            throw new IllegalArgumentException(SEED + " is not base64url without padding of at least 16 bytes");
        }
        return BYTES.decode(text);
    }

    private static void refuseUnknown(String what, JsonObject object, Set<String> known) {
        Set<String> unknown = Sets.difference(object.members().keySet(), known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "the " + what + " has a member that is not known here; known are " + String.join(", ", known));
        }
    }

    static JsonObject object(String text) {
        try {
            if (JsonText.read(text) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonSyntaxException notJson) {
            throw new IllegalArgumentException("the key is not JSON", notJson);
        }
        throw new IllegalArgumentException("the key is not a JSON object");
    }
}
