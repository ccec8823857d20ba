package dev.countersign.javalin.jetty;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Predicate;

/** A buffer for bytes that may hold a password; {@link #wipe} overwrites them. Not thread-safe. */
final class BodyBytes implements Predicate<ByteBuffer> {

    // Bodies up to this size do not count: a login always has room.
    private static final int UNCOUNTED = 4096;
    private static final int INITIAL = 512;

    private final BodyMemory room;
    private byte[] bytes = new byte[INITIAL];
    private int size;
    private int taken;

    BodyBytes(BodyMemory room) {
        this.room = room;
    }

    /** Adds bytes; false if there is no memory for them. */
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
        int extra = Math.max(0, length - UNCOUNTED) - taken;
        if (extra > 0 && !room.reserve(extra)) {
            return false;
        }
        taken += extra;
        byte[] larger = Arrays.copyOf(bytes, length);
        Arrays.fill(bytes, (byte) 0);
        bytes = larger;
        return true;
    }

    /** {@return a read-only view of all bytes; wiping overwrites it} */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size).asReadOnlyBuffer();
    }

    /** Overwrites the bytes and releases their memory. */
    void wipe() {
        Arrays.fill(bytes, (byte) 0);
        room.release(taken);
        taken = 0;
    }
}
