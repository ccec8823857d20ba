package dev.countersign.javalin.jetty;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Predicate;

/** Bytes that may hold a password: kept in one place, and wiped. Used by one thread at a time. */
final class BodyBytes implements Predicate<ByteBuffer> {

    // What a login needs has room whatever the others take.
    private static final int USUAL = 4096;
    private static final int FIRST = 512;

    private final BodyRoom room;
    private byte[] bytes = new byte[FIRST];
    private int size;
    private int taken;

    BodyBytes(BodyRoom room) {
        this.room = room;
    }

    /** Adds some; false if there is no room for them. */
    @Override
    public boolean test(ByteBuffer more) {
        int needed = size + more.remaining();
        if (needed > bytes.length && !grow(needed)) {
            return false;
        }
        more.get(bytes, size, more.remaining());
        size = needed;
        return true;
    }

    private boolean grow(int needed) {
        int length = Math.max(needed, 2 * bytes.length);
        int extra = Math.max(0, length - USUAL) - taken;
        if (extra > 0 && !room.take(extra)) {
            return false;
        }
        taken += extra;
        byte[] larger = Arrays.copyOf(bytes, length);
        Arrays.fill(bytes, (byte) 0);
        bytes = larger;
        return true;
    }

    /** {@return a view of all of them, which wiping empties} */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size).asReadOnlyBuffer();
    }

    /** Wipes them and gives their room back. */
    void wipe() {
        Arrays.fill(bytes, (byte) 0);
        room.give(taken);
        taken = 0;
    }
}
