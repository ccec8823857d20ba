package dev.countersign.api;

import static java.util.Objects.requireNonNull;

import dev.countersign.dialect.Reason;
import dev.countersign.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of a request: its bytes, or why it could not be read to its end. It may hold a password, so closing overwrites it. Not thread-safe. */
@Secret
public final class Body implements AutoCloseable {

    private final byte[] bytes;
    private final @Nullable Reason unreadable;

    private Body(byte[] bytes, @Nullable Reason unreadable) {
        this.bytes = bytes;
        this.unreadable = unreadable;
    }

    /** {@return a body of no bytes, also for a body that the engine did not ask for} */
    public static Body none() {
        return new Body(new byte[0], null);
    }

    /**
     * A body that arrived whole.
     *
     * @param bytes all bytes; the array is not copied, and {@link #close} overwrites it
     * @return the body
     */
    public static Body of(byte[] bytes) {
        return new Body(requireNonNull(bytes, "bytes"), null);
    }

    /** {@return a body of that text in UTF-8} */
    public static Body of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return a body of more bytes than {@link Plan#maxBodyBytes} allows} */
    public static Body tooLarge() {
        return new Body(new byte[0], Reason.BODY_TOO_LARGE);
    }

    /** {@return a body that did not arrive in time} */
    public static Body late() {
        return new Body(new byte[0], Reason.REQUEST_TIMEOUT);
    }

    /** {@return a body that ended early, or whose encoding is not valid HTTP} */
    public static Body broken() {
        return new Body(new byte[0], Reason.UNPARSEABLE_BODY);
    }

    /** {@return a body for which the server had no memory} */
    public static Body withoutRoom() {
        return new Body(new byte[0], Reason.UNAVAILABLE);
    }

    /** {@return the number of bytes} */
    public int length() {
        return bytes.length;
    }

    /** {@return a copy of the bytes, which closing does not overwrite, for a program that forwards them} */
    public byte[] copyOfBytes() {
        return bytes.clone();
    }

    /** The bytes themselves; closing overwrites them. */
    byte[] bytes() {
        return bytes;
    }

    /** {@return whether the body was read to its end} */
    public boolean isReadable() {
        return unreadable == null;
    }

    Optional<Reason> unreadable() {
        return Optional.ofNullable(unreadable);
    }

    /** Overwrites the bytes. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    /** {@return only the length} */
    @Override
    public String toString() {
        return unreadable == null ? "Body[" + bytes.length + " bytes]" : "Body[" + unreadable.word() + "]";
    }
}
