package dev.countersign.javalin.jetty;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Bytes that may hold a password: kept in one place, and wiped. Not thread-safe. */
final class BodyBytes implements Consumer<ByteBuffer> {

    private static final int FIRST = 512;

    private byte[] bytes = new byte[FIRST];
    private int size;

    @Override
    public void accept(ByteBuffer more) {
        int needed = size + more.remaining();
        if (needed > bytes.length) {
            byte[] larger = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
            wipe();
            bytes = larger;
        }
        more.get(bytes, size, more.remaining());
        size = needed;
    }

    /** {@return a view of all of them, which wiping empties} */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size).asReadOnlyBuffer();
    }

    void wipe() {
        Arrays.fill(bytes, (byte) 0);
    }
}
